namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Globalization;
    using System.IO;
    using System.Text;

    /// <summary>What an FTP server says of its files: by MLSD, else by what older servers know (RFC 3659).</summary>
    internal sealed partial class FtpFileServer
    {
        private FileItem Found(string path)
        {
            string name = FileNames.Leaf(path);
            if (name.Length > 0)
            {
                long size = Size(path);
                if (size >= 0)
                {
                    return new FileItem(this, path, name, false, size, Modified(path), false);
                }
            }
            if (Entered(path))
            {
                return new FileItem(this, path, name, true, -1, null, false);
            }
            if (name.Length == 0 || tellsSizes || !Entered(FileNames.Folder(path)))
            {
                return null;
            }
            List<FileItem> beside = Items(FileNames.Folder(path), delegate(string each) { return each == name; });
            return beside.Count == 0 ? null : beside[0];
        }

        private bool Entered(string folder)
        {
            return channel.Say("CWD " + folder).Good;
        }

        private long Size(string path)
        {
            channel.Say("TYPE I");
            FtpReply reply = channel.Say("SIZE " + path);
            tellsSizes = tellsSizes && !reply.Unknown;
            long size = -1;
            bool read = long.TryParse(reply.Text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out size);
            return reply.Good && read ? size : -1;
        }

        private DateTime? Modified(string path)
        {
            FtpReply reply = channel.Say("MDTM " + path);
            return reply.Good ? Time(reply.Text) : null;
        }

        private static DateTime? Time(string text)
        {
            DateTime found;
            text = text.Trim();
            if (text.Length >= 14 && DateTime.TryParseExact(
                text.Substring(0, 14), "yyyyMMddHHmmss", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out found))
            {
                return found;
            }
            return null;
        }

        /// <summary>The folder that was entered, as MLSD says it; null where the server has none.</summary>
        private List<FileItem> Listed(string folder, Func<string, bool> wanted)
        {
            FtpReply refused;
            List<string> lines = Text("MLSD", out refused);
            if (lines == null && refused.Unknown)
            {
                listsByMachine = false;
                return null;
            }
            if (lines == null)
            {
                throw Refused(refused.ToString(), folder);
            }
            List<FileItem> found = new List<FileItem>();
            foreach (string line in lines)
            {
                int space = line.IndexOf(' ');
                string name = line.Substring(space + 1);
                if (space < 0 || name == "." || name == ".." || !wanted(name))
                {
                    continue;
                }
                FileItem item = Fact(folder, name, line.Substring(0, space));
                if (item != null)
                {
                    found.Add(item);
                }
            }
            return found;
        }

        private FileItem Fact(string folder, string entry, string facts)
        {
            string path = FileNames.Join(folder, entry);
            string type = "file", size = "", modify = "";
            foreach (string fact in facts.Split(';'))
            {
                int equals = fact.IndexOf('=');
                string name = equals < 0 ? "" : fact.Substring(0, equals).ToLowerInvariant();
                string value = equals < 0 ? "" : fact.Substring(equals + 1);
                type = name == "type" ? value.ToLowerInvariant() : type;
                size = name == "size" ? value : size;
                modify = name == "modify" ? value : modify;
            }
            long length;
            length = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out length) ? length : -1;
            if (type == "file" || type == "dir")
            {
                return new FileItem(this, path, entry, type == "dir", length, Time(modify), false);
            }
            if (type == "cdir" || type == "pdir")
            {
                return null;
            }
            // A link, as some servers say it: what it leads to is what counts.
            FileItem end = Found(path);
            return end == null ? null : new FileItem(this, path, entry, end.IsDirectory, end.Length, end.ModifiedUTC, true);
        }

        /// <summary>The folder that was entered, by NLST, and what the server says of each name that is wanted.</summary>
        private List<FileItem> Named(string folder, Func<string, bool> wanted)
        {
            FtpReply refused;
            List<string> lines = Text("NLST", out refused);
            List<FileItem> found = new List<FileItem>();
            if (lines == null && refused.Code != 550)
            {
                throw Refused(refused.ToString(), folder);
            }
            // Some say 550 of a folder without files.
            foreach (string line in lines ?? new List<string>())
            {
                string prefix = folder.TrimEnd('/') + "/";
                string name = line.StartsWith(prefix, StringComparison.Ordinal) ? line.Substring(prefix.Length) : line;
                name = name.StartsWith("./", StringComparison.Ordinal) ? name.Substring(2) : name;
                if (name.Length == 0 || name == "." || name == ".." || !wanted(name))
                {
                    continue;
                }
                FileItem item = name.IndexOf('/') < 0 ? Found(FileNames.Join(folder, name)) : null;
                found.Add(item ?? new FileItem(this, FileNames.Join(folder, name), name, false, -1, null, false));
            }
            return found;
        }

        private List<string> Text(string command, out FtpReply refused)
        {
            channel.Say("TYPE A");
            Stream data = channel.Data(command, out refused);
            if (data == null)
            {
                return null;
            }
            MemoryStream all = new MemoryStream();
            byte[] block = new byte[Block];
            int count;
            while ((count = channel.Take(data, block)) > 0)
            {
                all.Write(block, 0, count);
            }
            channel.Ended(data);
            FtpReply reply = channel.Read();
            if (!reply.Good)
            {
                refused = reply;
                return null;
            }
            List<string> lines = new List<string>();
            foreach (string line in Encoding.UTF8.GetString(all.ToArray()).Split('\n'))
            {
                if (line.TrimEnd('\r').Length > 0)
                {
                    lines.Add(line.TrimEnd('\r'));
                }
            }
            return lines;
        }
    }
}
