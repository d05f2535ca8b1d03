namespace MVPSI.JAMS
{
    using System;
    using System.Collections.Generic;
    using System.Management.Automation;
    using MVPSI.JAMS.Module;

    /// <summary>A connection to a file server. Paths that do not begin with a slash count from its location.</summary>
    public abstract class FileServer
    {
        internal FileServer(string name, string protocol, string userName)
        {
            Name = name;
            Protocol = protocol;
            UserName = userName;
            Location = "/";
        }

        /// <summary>The host.</summary>
        public string Name { get; private set; }

        /// <summary>FTP, FTPS or SFTP.</summary>
        public string Protocol { get; private set; }

        /// <summary>Who is logged on.</summary>
        public string UserName { get; private set; }

        /// <summary>The folder from which paths count.</summary>
        public string Location { get; internal set; }

        /// <summary>Whether it can still be used.</summary>
        public bool IsConnected { get; protected set; }

        /// <summary>How it is named where there are several.</summary>
        public override string ToString()
        {
            return Protocol + "://" + Name;
        }

        /// <summary>Whether whoever waits has been told to stop.</summary>
        internal Func<bool> Stopping { get; set; }

        /// <summary>The whole path.</summary>
        internal string Absolute(string path)
        {
            if (path.IndexOfAny(new[] { '\r', '\n', '\0' }) >= 0)
            {
                throw Failure("InvalidArgument", "Invalid", "A path is one line: " + FileNames.Shown(path) + ".", path);
            }
            string whole = path.StartsWith("/", StringComparison.Ordinal) ? path : FileNames.Join(Location, path);
            List<string> parts = new List<string>();
            foreach (string part in whole.Split('/'))
            {
                if (part == ".." && parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
                else if (part.Length > 0 && part != "." && part != "..")
                {
                    parts.Add(part);
                }
            }
            return "/" + string.Join("/", parts.ToArray());
        }

        /// <summary>What is in a folder and has a name that is wanted. Raises ItemNotFoundException.</summary>
        internal abstract List<FileItem> Items(string folder, Func<string, bool> wanted);

        /// <summary>What is there, or null.</summary>
        internal abstract FileItem Find(string path);

        /// <summary>Fetch a file into a local one that is there; its bytes.</summary>
        internal abstract long Receive(FileItem item, string local, Action<long> told);

        /// <summary>Send a local file; its bytes. What has the name there is overwritten.</summary>
        internal abstract long Send(string local, string path, Action<long> told);

        /// <summary>Remove a file.</summary>
        internal abstract void Remove(string path);

        /// <summary>Remove a folder that is empty.</summary>
        internal abstract void RemoveFolder(string path);

        /// <summary>Make a folder in one that is there.</summary>
        internal abstract void MakeFolder(string path);

        /// <summary>Give a file another path, which nothing has, or which a file that shall go has.</summary>
        internal abstract void Rename(string path, string to);

        /// <summary>Leave. Never raises.</summary>
        internal abstract void Close();

        /// <summary>Whether files go over as they are. By SFTP they always do.</summary>
        internal virtual bool IsBinary
        {
            get { return true; }
        }

        /// <summary>Enter a folder, from which paths count then.</summary>
        internal void Enter(string path)
        {
            string folder = Absolute(path);
            FileItem found = Find(folder);
            if (found == null || !found.IsDirectory)
            {
                throw NotThere("folder", folder);
            }
            Location = folder;
        }

        internal static JAMSException Failure(string code, string kind, string message, string target, Exception inner = null)
        {
            return new JAMSException(code, kind, message, target, inner);
        }

        internal JAMSException Lost(string why)
        {
            IsConnected = false;
            return Failure("ConnectionLost", "Unavailable", "The connection to " + Name + " is lost: " + why, Name);
        }

        internal JAMSException Refused(string why, string path)
        {
            return Failure("TransferRefused", "NotAllowed", FileNames.Shown(path) + ": " + why, path);
        }

        internal ItemNotFoundException NotThere(string what, string path)
        {
            return new ItemNotFoundException(
                "There is no " + what + " " + FileNames.Shown(path) + " at " + Name + ".");
        }
    }
}
