namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using System.Management.Automation;

    /// <summary>A connection by SFTP, carried by the ssh of the machine.</summary>
    internal sealed partial class SftpFileServer : FileServer
    {
        private const uint ForReading = 1, ForWriting = 2, Create = 8, Truncate = 16;
        private const string Replacing = "posix-rename@openssh.com";
        private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        private readonly SshProcess ssh;
        private readonly SftpChannel channel;

        private SftpFileServer(SshWish wish, SshProcess ssh, string userName)
            : base(wish.Host, "SFTP", userName)
        {
            this.ssh = ssh;
            channel = new SftpChannel(this, ssh.Input, ssh.Output, wish.Timeout);
            pieceBytes = wish.PieceBytes;
            mostAsked = wish.MostAsked;
        }

        /// <summary>Connect and log on.</summary>
        internal static SftpFileServer Open(SshWish wish, Func<bool> stopping)
        {
            string user = wish.Account == null ? Environment.UserName : wish.Account.UserName;
            SftpFileServer made = new SftpFileServer(wish, new SshProcess(wish), user);
            made.Stopping = stopping;
            try
            {
                made.channel.Begin();
                SftpPacket home = made.channel.Ask(
                    made.channel.Request(SftpChannel.RealPath).Text("."), SftpChannel.Names);
                home.ReadNumber();
                made.Location = home.ReadText();
                made.IsConnected = true;
                made.ssh.Forget();
                return made;
            }
            catch (WireException error)
            {
                string said = made.ssh.Said();
                made.Close();
                throw Unopened(wish.Host, user, said, error);
            }
            catch (Exception)
            {
                made.Close();
                throw;
            }
        }

        internal override List<FileItem> Items(string folder, Func<string, bool> wanted)
        {
            return Speaking("folder", folder, delegate
            {
                List<FileItem> found = new List<FileItem>();
                byte[] handle = Opened(channel.Request(SftpChannel.OpenFolder).Text(folder));
                try
                {
                    while (true)
                    {
                        SftpPacket names = channel.Ask(
                            channel.Request(SftpChannel.ReadFolder).Data(handle, handle.Length), SftpChannel.Names);
                        for (uint left = names.ReadNumber(); left > 0; left--)
                        {
                            string name = names.ReadText();
                            names.ReadData();
                            FileItem item = Item(FileNames.Join(folder, name), name, names);
                            if (name != "." && name != ".." && wanted(name))
                            {
                                found.Add(item);
                            }
                        }
                    }
                }
                catch (SftpStatus status)
                {
                    if (status.Code != SftpStatus.End)
                    {
                        throw;
                    }
                }
                finally
                {
                    Left(handle);
                }
                found = found.ConvertAll<FileItem>(Resolved);
                found.RemoveAll(delegate(FileItem each) { return each == null; });
                found.Sort(delegate(FileItem a, FileItem b) { return string.CompareOrdinal(a.Name, b.Name); });
                return found;
            });
        }

        internal override FileItem Find(string path)
        {
            try
            {
                return Speaking("file", path, delegate
                {
                    SftpPacket answer = channel.Ask(
                        channel.Request(SftpChannel.Stat).Text(path), SftpChannel.Attributes);
                    return Item(path, FileNames.Leaf(path), answer);
                });
            }
            catch (ItemNotFoundException)
            {
                return null;
            }
        }

        internal override long Receive(FileItem item, string local, Action<long> told)
        {
            return Speaking("file", item.FullName, delegate
            {
                byte[] handle = Opened(
                    channel.Request(SftpChannel.Open).Text(item.FullName).Number(ForReading).Number(0));
                try
                {
                    using (FileStream file = new FileStream(local, FileMode.Create, FileAccess.Write))
                    {
                        Fetch(handle, file, told);
                        return file.Length;
                    }
                }
                finally
                {
                    Left(handle);
                }
            });
        }

        internal override long Send(string local, string path, Action<long> told)
        {
            return Speaking("file", path, delegate
            {
                using (FileStream file = new FileStream(local, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
                {
                    byte[] handle = Opened(
                        channel.Request(SftpChannel.Open).Text(path).Number(ForWriting | Create | Truncate).Number(0));
                    long size;
                    try
                    {
                        size = Give(handle, file, told);
                    }
                    catch (Exception)
                    {
                        Left(handle);
                        throw;
                    }
                    // A server may say only here that its disk is full.
                    channel.Ask(channel.Request(SftpChannel.Close).Data(handle, handle.Length), SftpChannel.Status);
                    return size;
                }
            });
        }

        internal override void Remove(string path)
        {
            Command("file", path, channel.Request(SftpChannel.Remove).Text(path));
        }

        internal override void RemoveFolder(string path)
        {
            Command("folder", path, channel.Request(SftpChannel.RemoveFolder).Text(path));
        }

        internal override void MakeFolder(string path)
        {
            Command("folder", path, channel.Request(SftpChannel.MakeFolder).Text(path).Number(0));
        }

        internal override void Rename(string path, string to)
        {
            if (channel.Extensions.Contains(Replacing))
            {
                Command("file", path, channel.Request(SftpChannel.Extended).Text(Replacing).Text(path).Text(to));
                return;
            }
            FileItem there = Find(to);
            if (there != null && !there.IsDirectory)
            {
                Remove(to);
            }
            Command("file", path, channel.Request(SftpChannel.Rename).Text(path).Text(to));
        }

        internal override void Close()
        {
            IsConnected = false;
            ssh.Close();
        }

        private static JAMSException Unopened(string host, string user, string said, Exception inner)
        {
            if (said.IndexOf("host key", StringComparison.OrdinalIgnoreCase) >= 0
                || said.IndexOf("HOST IDENTIFICATION", StringComparison.Ordinal) >= 0)
            {
                return Failure(
                    "HostNotTrusted", "Denied",
                    "The host key of " + host + " is not trusted: put it into known_hosts, or take a new one with -AcceptKey. "
                    + said, host, inner);
            }
            if (said.IndexOf("Permission denied", StringComparison.Ordinal) >= 0
                || said.IndexOf("Too many authentication", StringComparison.Ordinal) >= 0)
            {
                return Failure(
                    "Unauthenticated", "Unauthenticated", host + " does not let " + user + " in. " + said, host, inner);
            }
            string why = said.Length > 0 ? said : inner.Message;
            return Failure("FileServerUnavailable", "Unavailable", host + " cannot be reached: " + why, host, inner);
        }

        private byte[] Opened(SftpPacket request)
        {
            return channel.Ask(request, SftpChannel.Handle).ReadData();
        }

        private void Left(byte[] handle)
        {
            try
            {
                channel.Ask(channel.Request(SftpChannel.Close).Data(handle, handle.Length), SftpChannel.Status);
            }
            catch (SftpStatus)
            {
            }
            catch (WireException)
            {
            }
        }

        private FileItem Item(string path, string name, SftpPacket attributes)
        {
            uint flags = attributes.ReadNumber();
            long size = (flags & 1) != 0 ? attributes.ReadLong() : -1;
            if ((flags & 2) != 0)
            {
                attributes.ReadLong();
            }
            uint mode = (flags & 4) != 0 ? attributes.ReadNumber() : 0;
            DateTime? modified = null;
            if ((flags & 8) != 0)
            {
                attributes.ReadNumber();
                modified = Epoch.AddSeconds(attributes.ReadNumber());
            }
            if ((flags & 0x80000000) != 0)
            {
                for (uint left = attributes.ReadNumber(); left > 0; left--)
                {
                    attributes.ReadData();
                    attributes.ReadData();
                }
            }
            return new FileItem(this, path, name, (mode & 0xF000) == 0x4000, size, modified, (mode & 0xF000) == 0xA000);
        }

        /// <summary>What a link leads to, under its name; null where it leads nowhere.</summary>
        private FileItem Resolved(FileItem item)
        {
            if (!item.IsLink)
            {
                return item;
            }
            FileItem end = item.Name.IndexOf('/') < 0 ? Find(item.FullName) : null;
            return end == null
                ? null
                : new FileItem(this, item.FullName, item.Name, end.IsDirectory, end.Length, end.ModifiedUTC, true);
        }

        private void Command(string what, string path, SftpPacket request)
        {
            Speaking<object>(what, path, delegate
            {
                channel.Ask(request, SftpChannel.Status);
                return null;
            });
        }

        /// <summary>Say something, errors of the server and the connection as those of file servers.</summary>
        private T Speaking<T>(string what, string path, Func<T> say)
        {
            if (!IsConnected)
            {
                throw Lost("connect again.");
            }
            try
            {
                return say();
            }
            catch (SftpStatus status)
            {
                if (status.Code == SftpStatus.NoFile)
                {
                    throw NotThere(what, path);
                }
                throw Refused(status.Message, path);
            }
            catch (WireException error)
            {
                string said = ssh.Said();
                Close();
                throw Lost((said.Length > 0 ? said : error.Message) + ".");
            }
        }
    }
}
