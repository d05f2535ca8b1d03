namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using System.Management.Automation;

    /// <summary>
    /// Files from and to a file server, each whole or not at all: one is written beside its place and given its name when
    /// it is whole. Nothing is gone on with that was begun before.
    /// </summary>
    public static class FileMoving
    {
        /// <summary>Fetch what paths at the server name.</summary>
        /// <param name="shell">The function's <c>$PSCmdlet</c>.</param>
        /// <param name="named">The connection that was named, or null.</param>
        /// <param name="paths">Paths; * and ? may stand in their last parts. Null where items are given.</param>
        /// <param name="items">What was listed before. Null where paths are given.</param>
        /// <param name="destination">A folder that is there, or, of a single file, its path; null is the location.</param>
        /// <param name="recurse">Whether folders are gone into.</param>
        /// <param name="noClobber">Whether files that are there stay.</param>
        /// <param name="passThru">Whether the files here are shown.</param>
        public static void Receive(
            PSCmdlet shell, FileServer named, string[] paths, FileItem[] items, string destination, bool recurse,
            bool noClobber, bool passThru)
        {
            List<KeyValuePair<FileItem, string>> all = new List<KeyValuePair<FileItem, string>>();
            foreach (string path in paths ?? new string[0])
            {
                FileServer server = FileWork.Server(shell, named);
                FileWork.Try(shell, path, delegate { all.AddRange(FileWork.Named(server, path, recurse, false)); });
            }
            foreach (FileItem item in items ?? new FileItem[0])
            {
                FileServer server = FileWork.Server(shell, named ?? item.FileServer);
                FileWork.Try(shell, item.FullName, delegate { all.AddRange(Whole(server, item, recurse)); });
            }
            bool single = all.Count == 1 && all[0].Value.Length == 0;
            string target = Local(shell, string.IsNullOrEmpty(destination) ? "." : destination);
            bool into = Directory.Exists(target);
            if (!into && !(single && !EndsAsFolder(destination)))
            {
                if (all.Count > 0)
                {
                    NoFolder(shell, target);
                }
                return;
            }
            foreach (KeyValuePair<FileItem, string> each in all)
            {
                FileItem item = each.Key;
                FileServer server = FileWork.Server(shell, named ?? item.FileServer);
                FileWork.Try(shell, item.FullName, delegate
                {
                    string file = target;
                    if (into)
                    {
                        foreach (string part in each.Value.Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries))
                        {
                            file = Path.Combine(file, FileNames.Safe(server, part, item.FullName));
                        }
                        file = Path.Combine(file, FileNames.Safe(server, item.Name, item.FullName));
                    }
                    Fetch(shell, server, item, file, noClobber, passThru);
                });
            }
        }

        /// <summary>Send what paths here name.</summary>
        /// <param name="shell">The function's <c>$PSCmdlet</c>.</param>
        /// <param name="server">Where to.</param>
        /// <param name="paths">Paths; * and ? may stand in their last parts. Null where files are given.</param>
        /// <param name="files">Files and folders. Null where paths are given.</param>
        /// <param name="destination">A folder that is there, or, of a single file, its path; null is the location.</param>
        /// <param name="recurse">Whether folders are gone into.</param>
        /// <param name="noClobber">Whether files that are there stay.</param>
        /// <param name="passThru">Whether the files there are shown.</param>
        public static void Send(
            PSCmdlet shell, FileServer server, string[] paths, FileSystemInfo[] files, string destination, bool recurse,
            bool noClobber, bool passThru)
        {
            List<KeyValuePair<string, string>> all = new List<KeyValuePair<string, string>>();
            foreach (string path in paths ?? new string[0])
            {
                FileWork.Try(shell, path, delegate { all.AddRange(Here(Local(shell, path), true, recurse)); });
            }
            foreach (FileSystemInfo file in files ?? new FileSystemInfo[0])
            {
                FileWork.Try(shell, file.FullName, delegate { all.AddRange(Here(file.FullName, false, recurse)); });
            }
            if (all.Count == 0)
            {
                return;
            }
            bool single = all.Count == 1 && all[0].Value.Length == 0;
            string said = string.IsNullOrEmpty(destination) ? "." : destination;
            FileWork.Try(shell, said, delegate
            {
                string target = server.Absolute(said);
                FileItem there = server.Find(target);
                bool into = there != null && there.IsDirectory;
                if (!into && !(single && !EndsAsFolder(said)))
                {
                    throw server.NotThere("folder", target);
                }
                HashSet<string> made = new HashSet<string>();
                foreach (KeyValuePair<string, string> each in all)
                {
                    string file = each.Key, above = each.Value;
                    bool gone = !FileWork.Try(shell, file, delegate
                    {
                        string path = into ? FileNames.Join(Above(server, target, above, made, shell), Path.GetFileName(file)) : target;
                        Bring(shell, server, file, path, noClobber, passThru);
                    });
                    if (gone && !server.IsConnected)
                    {
                        made.Clear();
                    }
                }
            });
        }

        /// <summary>The path of the file system that a path of PowerShell means.</summary>
        internal static string Local(PSCmdlet shell, string path)
        {
            ProviderInfo provider;
            PSDriveInfo drive;
            string found = shell.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out drive);
            if (provider.Name != "FileSystem")
            {
                throw FileServer.Failure(
                    "InvalidArgument", "Invalid", path + " is no path of the file system.", path);
            }
            return found;
        }

        private static void Fetch(
            PSCmdlet shell, FileServer server, FileItem item, string file, bool noClobber, bool passThru)
        {
            if (item.IsDirectory)
            {
                throw server.Refused("it is a folder, which is fetched by -Recurse", item.FullName);
            }
            if (Directory.Exists(file))
            {
                throw new IOException(file + " is a folder.");
            }
            if (noClobber && File.Exists(file))
            {
                throw FileServer.Failure("AlreadyExists", "Conflict", file + " is there already.", file);
            }
            if (!shell.ShouldProcess(server + FileNames.Shown(item.FullName) + " to " + file, "Receive"))
            {
                return;
            }
            string folder = Path.GetDirectoryName(file);
            Directory.CreateDirectory(folder);
            string part = Path.Combine(folder, Token() + ".part");
            try
            {
                long size = server.Receive(item, part, Telling(shell, item.FullName, item.Length));
                if (item.Length >= 0 && server.IsBinary && size != item.Length)
                {
                    throw server.Refused(size + " bytes of " + item.Length + " came", item.FullName);
                }
                if (File.Exists(file))
                {
                    if (noClobber)
                    {
                        throw FileServer.Failure("AlreadyExists", "Conflict", file + " is there already.", file);
                    }
                    // In one step, and the file that was there stays until then.
                    File.Replace(part, file, null);
                }
                else
                {
                    File.Move(part, file);
                }
                shell.WriteVerbose(FileNames.Shown(item.FullName) + " received as " + file + ", " + size + " bytes.");
            }
            finally
            {
                File.Delete(part);
                Told(shell, item.FullName);
            }
            if (passThru)
            {
                shell.WriteObject(new FileInfo(file));
            }
        }

        private static void Bring(
            PSCmdlet shell, FileServer server, string file, string path, bool noClobber, bool passThru)
        {
            FileItem there = server.Find(path);
            if (there != null && there.IsDirectory)
            {
                throw server.Refused("it is a folder", path);
            }
            if (noClobber && there != null)
            {
                throw FileServer.Failure("AlreadyExists", "Conflict", FileNames.Shown(path) + " is there already.", path);
            }
            if (!shell.ShouldProcess(file + " to " + server + FileNames.Shown(path), "Send"))
            {
                return;
            }
            FileInfo before = new FileInfo(file);
            string part = FileNames.Join(FileNames.Folder(path), Token() + ".part");
            bool whole = false;
            try
            {
                long size = server.Send(file, part, Telling(shell, file, before.Length));
                FileInfo after = new FileInfo(file);
                if (after.Length != before.Length || after.LastWriteTimeUtc != before.LastWriteTimeUtc)
                {
                    throw new IOException(file + " was changed while it was sent.");
                }
                FileItem came = server.Find(part);
                if (came != null && came.Length >= 0 && server.IsBinary && came.Length != size)
                {
                    throw server.Refused(came.Length + " bytes of " + size + " came there", path);
                }
                server.Rename(part, path);
                whole = true;
                shell.WriteVerbose(file + " sent as " + FileNames.Shown(path) + ", " + size + " bytes.");
            }
            finally
            {
                Told(shell, file);
                if (!whole && server.IsConnected)
                {
                    Forget(server, part);
                }
            }
            if (passThru)
            {
                shell.WriteObject(server.Find(path));
            }
        }

        private static void Forget(FileServer server, string part)
        {
            try
            {
                server.Remove(part);
            }
            catch (RuntimeException)
            {
                // It was never made, or may not be removed; what went wrong before is what counts.
            }
        }

        private static string Above(
            FileServer server, string target, string above, HashSet<string> made, PSCmdlet shell)
        {
            string folder = target;
            foreach (string part in above.Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries))
            {
                folder = FileNames.Join(folder, part);
                if (!made.Contains(folder) && server.Find(folder) == null
                    && shell.ShouldProcess(server + FileNames.Shown(folder), "Make folder"))
                {
                    server.MakeFolder(folder);
                }
                made.Add(folder);
            }
            return folder;
        }

        private static List<KeyValuePair<FileItem, string>> Whole(FileServer server, FileItem item, bool recurse)
        {
            List<KeyValuePair<FileItem, string>> found = new List<KeyValuePair<FileItem, string>>();
            if (item.IsFile || !recurse)
            {
                found.Add(new KeyValuePair<FileItem, string>(item, ""));
                return found;
            }
            FileNames.Safe(server, item.Name, item.FullName);
            foreach (KeyValuePair<FileItem, string> each in FileWork.Named(server, item.FullName, true, false))
            {
                string above = each.Value.Length == 0 ? item.Name : item.Name + "/" + each.Value;
                found.Add(new KeyValuePair<FileItem, string>(each.Key, above));
            }
            return found;
        }

        /// <summary>The files that a path here names, each with the folders between.</summary>
        private static List<KeyValuePair<string, string>> Here(string path, bool pattern, bool recurse)
        {
            List<KeyValuePair<string, string>> found = new List<KeyValuePair<string, string>>();
            string leaf = Path.GetFileName(path);
            if (!pattern || !FileNames.HasPattern(leaf))
            {
                if (File.Exists(path))
                {
                    found.Add(new KeyValuePair<string, string>(path, ""));
                    return found;
                }
                if (!Directory.Exists(path))
                {
                    throw new ItemNotFoundException("There is no file " + path + ".");
                }
                if (!recurse)
                {
                    throw new IOException(path + " is a folder, which is sent by -Recurse.");
                }
                Below(path, pattern ? "" : leaf, delegate { return true; }, true, found);
                return found;
            }
            string folder = Path.GetDirectoryName(path);
            if (!Directory.Exists(folder))
            {
                throw new ItemNotFoundException("There is no folder " + folder + ".");
            }
            Below(folder, "", FileNames.Matcher(leaf), recurse, found);
            return found;
        }

        private static void Below(
            string folder, string above, Func<string, bool> fits, bool recurse, List<KeyValuePair<string, string>> found)
        {
            DirectoryInfo here = new DirectoryInfo(folder);
            foreach (FileInfo file in here.GetFiles())
            {
                if (fits(file.Name))
                {
                    found.Add(new KeyValuePair<string, string>(file.FullName, above));
                }
            }
            foreach (DirectoryInfo each in here.GetDirectories())
            {
                if (recurse && (each.Attributes & FileAttributes.ReparsePoint) == 0)
                {
                    Below(each.FullName, above.Length == 0 ? each.Name : above + "/" + each.Name, fits, true, found);
                }
            }
        }

        private static bool EndsAsFolder(string path)
        {
            return path != null && (path.EndsWith("/", StringComparison.Ordinal)
                || path.EndsWith(Path.DirectorySeparatorChar.ToString(), StringComparison.Ordinal));
        }

        private static string Token()
        {
            return ".jams-" + Guid.NewGuid().ToString("N");
        }

        private static void NoFolder(PSCmdlet shell, string path)
        {
            shell.WriteError(new ErrorRecord(
                new ItemNotFoundException("There is no folder " + path + "."), "PathNotFound",
                ErrorCategory.ObjectNotFound, path));
        }

        private static Action<long> Telling(PSCmdlet shell, string name, long size)
        {
            DateTime next = DateTime.UtcNow.AddSeconds(1);
            return delegate(long done)
            {
                if (DateTime.UtcNow < next)
                {
                    return;
                }
                next = DateTime.UtcNow.AddMilliseconds(300);
                ProgressRecord record = new ProgressRecord(1, FileNames.Shown(name), done + " bytes");
                record.PercentComplete = size > 0 ? (int)Math.Min(100, done * 100 / size) : -1;
                shell.WriteProgress(record);
            };
        }

        private static void Told(PSCmdlet shell, string name)
        {
            ProgressRecord record = new ProgressRecord(1, FileNames.Shown(name), "done");
            record.RecordType = ProgressRecordType.Completed;
            shell.WriteProgress(record);
        }
    }
}
