namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.IO;
    using System.Management.Automation;
    using System.Net;
    using System.Text.RegularExpressions;
    using System.Threading;

    /// <summary>What the cmdlets for file servers do, each for the function that calls.</summary>
    public static class FileWork
    {
        private const int Deepest = 64;
        private static readonly object Gate = new object();
        private static FileServer current;

        /// <summary>Connect, and use this connection where none is named.</summary>
        /// <param name="shell">The function's <c>$PSCmdlet</c>.</param>
        /// <param name="protocol">FTP, FTPS, FTPSImplicit or SFTP.</param>
        /// <param name="name">The host, with a port where that is not the usual one.</param>
        /// <param name="credential">Who logs on; null is anonymous by FTP and the user of this machine by SFTP.</param>
        /// <param name="options">What else the function was told, by parameter.</param>
        public static void Connect(PSCmdlet shell, string protocol, string name, object credential, IDictionary options)
        {
            lock (Gate)
            {
                // Who goes on after a connection that failed must not reach the server that was meant before.
                current = null;
            }
            try
            {
                FileServer made = Opened(shell, protocol, name, Account(credential), options);
                lock (Gate)
                {
                    current = made;
                }
                shell.WriteVerbose("Connected to " + made + " as " + made.UserName + ".");
                shell.WriteObject(made);
            }
            catch (JAMSException error)
            {
                shell.ThrowTerminatingError(error.Record(name));
            }
        }

        /// <summary>The connection that a call means: the one named, else the one made last.</summary>
        public static FileServer Server(PSCmdlet shell, FileServer named)
        {
            FileServer found;
            lock (Gate)
            {
                found = named ?? current;
            }
            if (found == null)
            {
                shell.ThrowTerminatingError(FileServer.Failure(
                    "NotConnected", "NotAllowed",
                    "There is no connection to a file server: Connect-JFTP, Connect-JFTPS or Connect-JSFTP makes one.",
                    null).Record(null));
            }
            found.Stopping = delegate { return shell.Stopping; };
            return found;
        }

        /// <summary>Leave a server.</summary>
        public static void Disconnect(PSCmdlet shell, FileServer named)
        {
            FileServer left;
            lock (Gate)
            {
                left = named ?? current;
                current = object.ReferenceEquals(left, current) ? null : current;
            }
            if (left != null)
            {
                left.Close();
                shell.WriteVerbose("The connection to " + left + " is closed.");
            }
        }

        /// <summary>Enter a folder.</summary>
        public static void Enter(PSCmdlet shell, FileServer server, string path)
        {
            Try(shell, path, delegate { server.Enter(path); });
        }

        /// <summary>Show what is in a folder, or fits a pattern.</summary>
        public static void List(PSCmdlet shell, FileServer server, string path, bool recurse)
        {
            Try(shell, path, delegate
            {
                foreach (KeyValuePair<FileItem, string> found in Named(server, path, recurse, true))
                {
                    shell.WriteObject(found.Key);
                }
            });
        }

        /// <summary>Show what has a path.</summary>
        public static void Show(PSCmdlet shell, FileServer server, string path)
        {
            Try(shell, path, delegate
            {
                if (FileNames.HasPattern(FileNames.Leaf(server.Absolute(path))))
                {
                    List(shell, server, path, false);
                    return;
                }
                shell.WriteObject(Existing(server, path));
            });
        }

        /// <summary>Remove a file or, with what is in it, a folder.</summary>
        public static void Remove(PSCmdlet shell, FileServer server, FileItem item, bool recurse)
        {
            Try(shell, item.FullName, delegate
            {
                if (!shell.ShouldProcess(server + FileNames.Shown(item.FullName), "Remove"))
                {
                    return;
                }
                if (!item.IsDirectory || item.IsLink)
                {
                    server.Remove(item.FullName);
                    return;
                }
                if (!recurse)
                {
                    throw server.Refused("it is a folder, which goes with all that is in it by -Recurse", item.FullName);
                }
                Empty(server, item.FullName, 0);
                server.RemoveFolder(item.FullName);
            });
        }

        /// <summary>What a path names: itself, what is in it, or what fits it; each with the folders between.</summary>
        /// <param name="server">Where.</param>
        /// <param name="path">The path; * and ? may stand in its last part.</param>
        /// <param name="recurse">Whether folders are gone into.</param>
        /// <param name="folders">Whether folders are named as well, and a folder stands for what is in it.</param>
        internal static List<KeyValuePair<FileItem, string>> Named(
            FileServer server, string path, bool recurse, bool folders)
        {
            string whole = server.Absolute(path), folder = whole;
            Func<string, bool> fits = delegate { return true; };
            List<KeyValuePair<FileItem, string>> found = new List<KeyValuePair<FileItem, string>>();
            if (FileNames.HasPattern(FileNames.Leaf(whole)))
            {
                folder = FileNames.Folder(whole);
                fits = FileNames.Matcher(FileNames.Leaf(whole));
            }
            else
            {
                FileItem item = Existing(server, path);
                if (item.IsFile || !(folders || recurse))
                {
                    found.Add(new KeyValuePair<FileItem, string>(item, ""));
                    return found;
                }
            }
            Below(server, folder, "", fits, recurse, folders, found, 0);
            return found;
        }

        /// <summary>Do something; what comes in the way is an error that ends nothing.</summary>
        internal static bool Try(PSCmdlet shell, string target, Action work)
        {
            try
            {
                work();
                return true;
            }
            catch (JAMSException error)
            {
                shell.WriteError(error.Record(target));
            }
            catch (ItemNotFoundException error)
            {
                shell.WriteError(new ErrorRecord(error, "PathNotFound", ErrorCategory.ObjectNotFound, target));
            }
            catch (IOException error)
            {
                shell.WriteError(new ErrorRecord(error, "FileUnusable", ErrorCategory.WriteError, target));
            }
            catch (UnauthorizedAccessException error)
            {
                shell.WriteError(new ErrorRecord(error, "FileUnusable", ErrorCategory.PermissionDenied, target));
            }
            return false;
        }

        private static FileItem Existing(FileServer server, string path)
        {
            string whole = server.Absolute(path);
            FileItem found = server.Find(whole);
            if (found == null)
            {
                throw server.NotThere("file", whole);
            }
            return found;
        }

        private static void Below(
            FileServer server, string folder, string above, Func<string, bool> fits, bool recurse, bool folders,
            List<KeyValuePair<FileItem, string>> found, int depth)
        {
            if (depth > Deepest)
            {
                throw server.Refused("the folders below it are too deep", folder);
            }
            Func<string, bool> any = delegate { return true; };
            foreach (FileItem item in server.Items(folder, recurse ? any : fits))
            {
                if (fits(item.Name) && (folders || item.IsFile))
                {
                    found.Add(new KeyValuePair<FileItem, string>(item, above));
                }
                if (recurse && item.IsDirectory && !item.IsLink)
                {
                    FileNames.Safe(server, item.Name, item.FullName);
                    string below = above.Length == 0 ? item.Name : above + "/" + item.Name;
                    Below(server, item.FullName, below, fits, true, folders, found, depth + 1);
                }
            }
        }

        private static void Empty(FileServer server, string folder, int depth)
        {
            if (depth > Deepest)
            {
                throw server.Refused("the folders below it are too deep", folder);
            }
            foreach (FileItem item in server.Items(folder, delegate { return true; }))
            {
                FileNames.Safe(server, item.Name, item.FullName);
                if (item.IsDirectory && !item.IsLink)
                {
                    Empty(server, item.FullName, depth + 1);
                    server.RemoveFolder(item.FullName);
                    continue;
                }
                server.Remove(item.FullName);
            }
        }

        private static FileServer Opened(
            PSCmdlet shell, string protocol, string name, NetworkCredential account, IDictionary options)
        {
            Match host = Regex.Match(name.Trim(), @"\A(?:\[(?<h>[0-9A-Fa-f:.%\w]+)\]|(?<h>[\w.-]+)|(?<h>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*))(?::(?<p>\d{1,5}))?\z");
            if (!host.Success || host.Groups["h"].Value.StartsWith("-", StringComparison.Ordinal))
            {
                throw FileServer.Failure(
                    "InvalidArgument", "Invalid", "The name of a file server is that of a host: " + FileNames.Shown(name) + ".",
                    name);
            }
            int port = host.Groups["p"].Success ? int.Parse(host.Groups["p"].Value) : Whole(options, "Port", 0);
            int timeout = Whole(options, "Timeout", 60);
            int tries = Whole(options, "RetryCount", 0) + 1;
            while (true)
            {
                try
                {
                    return Opened(shell, protocol, host.Groups["h"].Value, port, account, timeout, options);
                }
                catch (JAMSException error)
                {
                    if (--tries <= 0 || error.Code != "FileServerUnavailable")
                    {
                        throw;
                    }
                    shell.WriteVerbose(error.Message + " It is tried again.");
                }
                DateTime end = DateTime.UtcNow.AddSeconds(Whole(options, "RetryInterval", 10));
                while (DateTime.UtcNow < end)
                {
                    if (shell.Stopping)
                    {
                        throw new PipelineStoppedException();
                    }
                    Thread.Sleep(50);
                }
            }
        }

        private static FileServer Opened(
            PSCmdlet shell, string protocol, string host, int port, NetworkCredential account, int timeout,
            IDictionary options)
        {
            Func<bool> stopping = delegate { return shell.Stopping; };
            if (protocol == "SFTP")
            {
                SshWish wish = new SshWish();
                wish.Host = host;
                wish.Port = port;
                wish.Account = account;
                wish.Timeout = timeout;
                wish.KeyFile = LocalPath(shell, options["KeyFile"] as string);
                wish.KnownHosts = LocalPath(shell, options["KnownHosts"] as string);
                wish.AcceptKey = Switched(options, "AcceptKey", false);
                wish.Compress = Switched(options, "UseCompression", false);
                wish.MostAsked = Whole(options, "QueueLength", wish.MostAsked);
                wish.PieceBytes = Whole(options, "BufferSize", wish.PieceBytes / 1024) * 1024;
                return SftpFileServer.Open(wish, stopping);
            }
            string security = protocol == "FTP" ? "None" : protocol == "FTPS" ? "Explicit" : "Implicit";
            return FtpFileServer.Open(
                host, port, security, account, timeout, Switched(options, "Passive", true),
                Switched(options, "Binary", true), stopping);
        }

        private static string LocalPath(PSCmdlet shell, string path)
        {
            return string.IsNullOrEmpty(path) ? null : FileMoving.Local(shell, path);
        }

        private static NetworkCredential Account(object credential)
        {
            PSObject wrapped = credential as PSObject;
            credential = wrapped == null ? credential : wrapped.BaseObject;
            if (credential == null || credential == PSCredential.Empty)
            {
                return null;
            }
            PSCredential own = credential as PSCredential;
            if (own != null)
            {
                return own.GetNetworkCredential().Password == null ? null : new NetworkCredential(
                    own.UserName, own.GetNetworkCredential().Password);
            }
            NetworkCredential network = credential as NetworkCredential;
            if (network != null)
            {
                return network;
            }
            throw FileServer.Failure(
                "InvalidArgument", "Invalid",
                "-Credential is a PSCredential, as Get-Credential makes it. The password of a credential that is stored at"
                + " the JAMS server does not leave it: a job of the method FileTransfer logs on by it"
                + " (ConnectionCredential).",
                null);
        }

        private static int Whole(IDictionary options, string name, int otherwise)
        {
            return options.Contains(name) ? Convert.ToInt32(options[name]) : otherwise;
        }

        private static bool Switched(IDictionary options, string name, bool otherwise)
        {
            return options.Contains(name) ? (bool)(SwitchParameter)options[name] : otherwise;
        }
    }
}
