namespace MVPSI.JAMS
{
    using System;

    /// <summary>A file or folder at a file server.</summary>
    public sealed class FileItem
    {
        internal FileItem(
            FileServer server, string path, string name, bool isDirectory, long length, DateTime? modified, bool isLink)
        {
            FileServer = server;
            FullName = path;
            Name = name.Length == 0 ? path : name;
            IsDirectory = isDirectory;
            Length = isDirectory ? -1 : length;
            ModifiedUTC = modified;
            IsLink = isLink;
        }

        /// <summary>Its name, as the server says it.</summary>
        public string Name { get; private set; }

        /// <summary>Its whole path.</summary>
        public string FullName { get; private set; }

        /// <summary>Whether it is a file.</summary>
        public bool IsFile
        {
            get { return !IsDirectory; }
        }

        /// <summary>Whether it is a folder.</summary>
        public bool IsDirectory { get; private set; }

        /// <summary>Its bytes; -1 of a folder, and where the server does not tell.</summary>
        public long Length { get; private set; }

        /// <summary>When it was changed, in the user's zone; nothing where the server does not tell.</summary>
        public DateTime? Modified
        {
            get { return ModifiedUTC.HasValue ? ModifiedUTC.Value.ToLocalTime() : (DateTime?)null; }
        }

        /// <summary>When it was changed, in UTC.</summary>
        public DateTime? ModifiedUTC { get; private set; }

        /// <summary>Whether it is known to be a link to what it is told to be.</summary>
        public bool IsLink { get; private set; }

        /// <summary>The connection by which it was seen.</summary>
        public FileServer FileServer { get; private set; }

        /// <summary>Its whole path.</summary>
        public override string ToString()
        {
            return FullName;
        }
    }
}
