namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Globalization;
    using System.IO;
    using System.Management.Automation;
    using System.Net;
    using System.Security.Authentication;
    using System.Text;

    /// <summary>A connection by FTP or FTPS.</summary>
    internal sealed partial class FtpFileServer : FileServer
    {
        private const int Block = 65536;
        private const int ImplicitPort = 990;

        private readonly FtpChannel channel;
        private readonly bool binary;
        private bool listsByMachine = true;
        private bool tellsSizes = true;

        private FtpFileServer(string host, string protocol, string userName, int timeout, bool passive, bool binary)
            : base(host, protocol, userName)
        {
            channel = new FtpChannel(this, host, timeout);
            channel.Passive = passive;
            this.binary = binary;
        }

        internal override bool IsBinary
        {
            get { return binary; }
        }

        /// <summary>Connect and log on.</summary>
        internal static FtpFileServer Open(
            string host, int port, string security, NetworkCredential account, int timeout, bool passive, bool binary,
            Func<bool> stopping)
        {
            string user = account == null ? "anonymous" : account.UserName;
            string protocol = security == "None" ? "FTP" : "FTPS";
            FtpFileServer made = new FtpFileServer(host, protocol, user, timeout, passive, binary);
            made.Stopping = stopping;
            try
            {
                made.Begin(port, security, account == null ? "anonymous@" : account.Password);
                return made;
            }
            catch (AuthenticationException error)
            {
                made.Close();
                string why = made.channel.Distrust ?? error.Message;
                throw Failure(
                    "HostNotTrusted", "Denied", "The certificate of " + host + " is not trusted: " + why + ".", host, error);
            }
            catch (WireException error)
            {
                made.Close();
                throw Failure(
                    "FileServerUnavailable", "Unavailable", host + " cannot be reached: " + error.Message + ".", host, error);
            }
            catch (Exception)
            {
                made.Close();
                throw;
            }
        }

        internal override List<FileItem> Items(string folder, Func<string, bool> wanted)
        {
            return Speaking(delegate
            {
                // Servers read a path behind the command of a list as options or as a pattern; the folder itself is safe.
                if (!Entered(folder))
                {
                    throw NotThere("folder", folder);
                }
                List<FileItem> found = listsByMachine ? Listed(folder, wanted) : null;
                found = found ?? Named(folder, wanted);
                found.Sort(delegate(FileItem a, FileItem b) { return string.CompareOrdinal(a.Name, b.Name); });
                return found;
            });
        }

        internal override FileItem Find(string path)
        {
            return Speaking(delegate { return Found(path); });
        }

        internal override long Receive(FileItem item, string local, Action<long> told)
        {
            long written = 0;
            Moving("RETR " + item.FullName, item.FullName, delegate(Stream data)
            {
                byte[] block = new byte[Block];
                bool held = false;
                using (FileStream file = new FileStream(local, FileMode.Create, FileAccess.Write))
                {
                    int count;
                    while ((count = channel.Take(data, block)) > 0)
                    {
                        if (binary)
                        {
                            file.Write(block, 0, count);
                        }
                        else
                        {
                            held = Lines.ToHere(block, count, file, held);
                        }
                        written += count;
                        told(written);
                    }
                    if (held)
                    {
                        file.WriteByte((byte)'\r');
                    }
                    written = file.Length;
                }
            });
            return written;
        }

        internal override long Send(string local, string path, Action<long> told)
        {
            long read = 0;
            Moving("STOR " + path, path, delegate(Stream data)
            {
                byte[] block = new byte[Block];
                byte last = 0;
                using (FileStream file = new FileStream(local, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
                {
                    int count;
                    while ((count = file.Read(block, 0, block.Length)) > 0)
                    {
                        byte[] sent = binary ? block : Lines.ToWire(block, count, ref last);
                        channel.Give(data, sent, binary ? count : sent.Length);
                        read += count;
                        told(read);
                    }
                }
            });
            return read;
        }

        internal override void Remove(string path)
        {
            Command("DELE " + path, path);
        }

        internal override void RemoveFolder(string path)
        {
            Command("RMD " + path, path);
        }

        internal override void MakeFolder(string path)
        {
            Command("MKD " + path, path);
        }

        internal override void Rename(string path, string to)
        {
            try
            {
                Renamed(path, to);
            }
            catch (JAMSException)
            {
                FileItem there = IsConnected ? Find(to) : null;
                if (there == null || there.IsDirectory)
                {
                    throw;
                }
                // Servers that do not rename onto a file which is there.
                Remove(to);
                Renamed(path, to);
            }
        }

        internal override void Close()
        {
            IsConnected = false;
            channel.Shut();
        }

        private void Begin(int port, string security, string password)
        {
            bool isImplicit = security == "Implicit";
            FtpReply reply = channel.Open(port == 0 ? (isImplicit ? ImplicitPort : 21) : port, isImplicit);
            if (!reply.Good)
            {
                throw new WireException(reply.ToString());
            }
            if (security == "Explicit")
            {
                reply = channel.Say("AUTH TLS");
                if (!reply.Good)
                {
                    throw Failure(
                        "HostNotTrusted", "Denied", Name + " speaks no FTPS: " + reply + ".", Name);
                }
                channel.Encrypt();
            }
            reply = channel.Say("USER " + UserName);
            reply = reply.Code == 331 ? channel.Say("PASS " + password) : reply;
            if (!reply.Good || reply.Code / 100 == 3)
            {
                throw Failure(
                    "Unauthenticated", "Unauthenticated", Name + " does not let " + UserName + " in: " + reply, Name);
            }
            if (security != "None")
            {
                channel.Say("PBSZ 0");
                reply = channel.Say("PROT P");
                if (!reply.Good)
                {
                    throw Failure("HostNotTrusted", "Denied", Name + " encrypts no data: " + reply + ".", Name);
                }
                channel.Private = true;
            }
            // Servers that know it give names in UTF-8 only then.
            channel.Say("OPTS UTF8 ON");
            reply = channel.Say("PWD");
            string[] quoted = reply.Text.Split('"');
            IsConnected = true;
            Location = reply.Good && quoted.Length > 2 ? quoted[1] : "/";
        }

        private void Moving(string command, string path, Action<Stream> move)
        {
            Speaking<object>(delegate
            {
                channel.Say(binary ? "TYPE I" : "TYPE A");
                FtpReply refused;
                Stream data = channel.Data(command, out refused);
                if (data == null)
                {
                    throw Refused(refused.ToString(), path);
                }
                bool whole = false;
                try
                {
                    move(data);
                    channel.Ended(data);
                    whole = true;
                }
                finally
                {
                    if (!whole)
                    {
                        // What the server says after a file that was broken off cannot be told from what it says later.
                        data.Dispose();
                        Close();
                    }
                }
                FtpReply reply = channel.Read();
                if (!reply.Good)
                {
                    throw Refused(reply.ToString(), path);
                }
                return null;
            });
        }

        private void Command(string command, string path)
        {
            Speaking<object>(delegate
            {
                FtpReply reply = channel.Say(command);
                if (!reply.Good)
                {
                    throw Refused(reply.ToString(), path);
                }
                return null;
            });
        }

        private void Renamed(string path, string to)
        {
            Command("RNFR " + path, path);
            Command("RNTO " + to, to);
        }

        /// <summary>Say something, errors of the connection as those of file servers.</summary>
        private T Speaking<T>(Func<T> say)
        {
            if (!IsConnected)
            {
                throw Lost("connect again.");
            }
            try
            {
                return say();
            }
            catch (AuthenticationException error)
            {
                Close();
                throw Lost("the certificate is not trusted: " + (channel.Distrust ?? error.Message) + ".");
            }
            catch (WireException error)
            {
                Close();
                throw Lost(error.Message + ".");
            }
        }
    }
}
