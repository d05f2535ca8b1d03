namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Globalization;
    using System.IO;
    using System.Net;
    using System.Net.Security;
    using System.Net.Sockets;
    using System.Security.Authentication;
    using System.Security.Cryptography.X509Certificates;
    using System.Text;
    using System.Text.RegularExpressions;

    /// <summary>The lines of FTP and its connections for data, in the clear or by TLS (RFC 959, 2228, 4217).</summary>
    internal sealed class FtpChannel
    {
        private const int LongestLine = 65536;
        private static readonly Encoding Utf8 = new UTF8Encoding(false);

        private readonly FileServer owner;
        private readonly string host;
        private readonly int timeout;
        private readonly byte[] buffer = new byte[4096];
        private TcpClient client;
        private TcpClient moving;
        private Stream carrier;
        private Stream stream;
        private int held;
        private int next;
        private string distrust;

        internal FtpChannel(FileServer owner, string host, int timeout)
        {
            this.owner = owner;
            this.host = host;
            this.timeout = timeout;
        }

        /// <summary>Whether connections for data are encrypted.</summary>
        internal bool Private { get; set; }

        /// <summary>Whether connections for data are opened from here.</summary>
        internal bool Passive { get; set; }

        /// <summary>Why the server's certificate is not trusted, once it was not.</summary>
        internal string Distrust
        {
            get { return distrust; }
        }

        /// <summary>Reach the server and hear its greeting.</summary>
        internal FtpReply Open(int port, bool encrypted)
        {
            client = Connected(host, port);
            stream = client.GetStream();
            if (encrypted)
            {
                Encrypt();
            }
            return Read();
        }

        /// <summary>Go on by TLS.</summary>
        internal void Encrypt()
        {
            stream = Encrypted(stream);
        }

        /// <summary>Say a command and hear its first answer.</summary>
        internal FtpReply Say(string command)
        {
            Write(command);
            return Read();
        }

        /// <summary>The next answer.</summary>
        internal FtpReply Read()
        {
            FtpReply reply = new FtpReply();
            string line = Line();
            int code;
            if (line.Length < 3 || !int.TryParse(line.Substring(0, 3), NumberStyles.None, null, out code))
            {
                throw new WireException("the server does not speak FTP");
            }
            reply.Code = code;
            reply.Text = line.Length > 4 ? line.Substring(4) : "";
            if (line.Length > 3 && line[3] == '-')
            {
                string end = line.Substring(0, 3) + " ";
                while (!(line = Line()).StartsWith(end, StringComparison.Ordinal) && line != end.Trim())
                {
                    reply.Lines.Add(line);
                    if (reply.Lines.Count > LongestLine)
                    {
                        throw new WireException("the server does not stop answering");
                    }
                }
            }
            if (code == 421)
            {
                throw new WireException(reply.ToString());
            }
            return reply;
        }

        /// <summary>Say a command whose data come or go over a connection of their own.</summary>
        /// <param name="refused">The server's answer when it does not do it; the stream is null then.</param>
        internal Stream Data(string command, out FtpReply refused)
        {
            TcpListener listener = null;
            TcpClient data = null;
            try
            {
                if (Passive)
                {
                    data = Connected(PassiveHost(), PassivePort());
                }
                else
                {
                    listener = Listening();
                }
                FtpReply reply = Say(command);
                if (!reply.Good)
                {
                    Shut(data, listener);
                    refused = reply;
                    return null;
                }
                if (data == null)
                {
                    data = Patience.Wait(listener.AcceptTcpClientAsync(), timeout, owner);
                    listener.Stop();
                }
                refused = null;
                moving = data;
                carrier = new Owning(data);
                return Private ? Encrypted(carrier) : carrier;
            }
            catch (Exception)
            {
                Shut(data, listener);
                throw;
            }
        }

        /// <summary>Say that all of the data has been sent, and leave that connection.</summary>
        internal void Ended(Stream data)
        {
            SslStream secret = data as SslStream;
            try
            {
                if (secret != null)
                {
#if CORE
                    Patience.Wait(secret.ShutdownAsync(), timeout, owner);
#endif
                    // TLS sends things of its own: a connection that is left with some of them unread is reset, and what
                    // is still on its way there is lost.
                    moving.Client.Shutdown(SocketShutdown.Send);
                    byte[] rest = new byte[4096];
                    while (Patience.Read(carrier, rest, 0, rest.Length, timeout, owner) > 0)
                    {
                    }
                }
            }
            catch (WireException)
            {
                // Whether all has come, the server's answer and the size tell.
            }
            catch (SocketException)
            {
            }
            data.Dispose();
        }

        /// <summary>Some of the data; 0 at its end.</summary>
        internal int Take(Stream data, byte[] into)
        {
            return Patience.Read(data, into, 0, into.Length, timeout, owner);
        }

        /// <summary>Send data.</summary>
        internal void Give(Stream data, byte[] from, int count)
        {
            Patience.Write(data, from, count, timeout, owner);
        }

        /// <summary>Be gone.</summary>
        internal void Shut()
        {
            Shut(client, null);
        }

        private static void Shut(TcpClient client, TcpListener listener)
        {
            if (client != null)
            {
                client.Close();
            }
            if (listener != null)
            {
                listener.Stop();
            }
        }

        private void Write(string command)
        {
            if (command.IndexOfAny(new[] { '\r', '\n', '\0' }) >= 0)
            {
                throw new InvalidOperationException("A command of FTP is one line.");
            }
            byte[] line = Utf8.GetBytes(command + "\r\n");
            Patience.Write(stream, line, line.Length, timeout, owner);
        }

        private string Line()
        {
            MemoryStream line = new MemoryStream();
            while (true)
            {
                if (next == held)
                {
                    held = Patience.Read(stream, buffer, 0, buffer.Length, timeout, owner);
                    next = 0;
                    if (held == 0)
                    {
                        throw new WireException("the server has closed it");
                    }
                }
                byte each = buffer[next++];
                if (each == '\n')
                {
                    return Utf8.GetString(line.ToArray()).TrimEnd('\r');
                }
                line.WriteByte(each);
                if (line.Length > LongestLine)
                {
                    throw new WireException("the server says a line without end");
                }
            }
        }

        private TcpClient Connected(string to, int port)
        {
            TcpClient made = null;
            IPAddress address;
            if (!IPAddress.TryParse(to, out address))
            {
                // Each address of a name in turn.
                IPAddress[] all = Patience.Wait(Dns.GetHostAddressesAsync(to), timeout, owner);
                for (int at = 0; at < all.Length; at++)
                {
                    try
                    {
                        return Connected(all[at].ToString(), port);
                    }
                    catch (WireException)
                    {
                        if (at == all.Length - 1)
                        {
                            throw;
                        }
                    }
                }
                throw new WireException("the name has no address");
            }
            made = new TcpClient(address.AddressFamily);
            try
            {
                Patience.Wait(made.ConnectAsync(address, port), timeout, owner);
                made.NoDelay = true;
                return made;
            }
            catch (Exception)
            {
                made.Close();
                throw;
            }
        }

        private string PassiveHost()
        {
            // The address that a server says may be one behind it, or anybody's: the data come from whom one speaks to.
            return ((IPEndPoint)client.Client.RemoteEndPoint).Address.ToString();
        }

        private int PassivePort()
        {
            FtpReply reply = Say("EPSV");
            Match found = Regex.Match(reply.Text, @"\(\|\|\|(\d{1,5})\|\)");
            if (reply.Good && found.Success)
            {
                return int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
            }
            reply = Say("PASV");
            found = Regex.Match(reply.Text, @"\d+,\d+,\d+,\d+,(\d{1,3}),(\d{1,3})");
            if (!reply.Good || !found.Success)
            {
                throw new WireException("the server opens no connection for data: " + reply);
            }
            return (int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) * 256)
                + int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture);
        }

        private TcpListener Listening()
        {
            IPAddress own = ((IPEndPoint)client.Client.LocalEndPoint).Address;
            own = own.IsIPv4MappedToIPv6 ? own.MapToIPv4() : own;
            TcpListener listener = new TcpListener(own, 0);
            listener.Start(1);
            int port = ((IPEndPoint)listener.LocalEndpoint).Port;
            bool newer = own.AddressFamily == AddressFamily.InterNetworkV6;
            string said = newer
                ? "EPRT |2|" + own + "|" + port + "|"
                : "PORT " + own.ToString().Replace('.', ',') + "," + (port / 256) + "," + (port % 256);
            FtpReply reply = Say(said);
            if (!reply.Good)
            {
                listener.Stop();
                throw new WireException("the server opens no connection for data: " + reply);
            }
            return listener;
        }

        private Stream Encrypted(Stream plain)
        {
            SslStream secret = new SslStream(plain, false, Trusted);
            try
            {
#if CORE
                SslProtocols protocols = SslProtocols.None;
#else
                SslProtocols protocols = SslProtocols.Tls12;
#endif
                Patience.Wait(
                    secret.AuthenticateAsClientAsync(host, new X509CertificateCollection(), protocols, false),
                    timeout,
                    owner);
                return secret;
            }
            catch (Exception)
            {
                secret.Dispose();
                throw;
            }
        }

        private bool Trusted(object sender, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors)
        {
            if (errors == SslPolicyErrors.None)
            {
                return true;
            }
            List<string> reasons = new List<string>();
            if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
            {
                reasons.Add("it is that of another host");
            }
            if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            {
                foreach (X509ChainStatus status in chain.ChainStatus)
                {
                    reasons.Add(status.StatusInformation.Trim().TrimEnd('.'));
                }
            }
            distrust = reasons.Count == 0 ? errors.ToString() : string.Join("; ", reasons.ToArray());
            return false;
        }

        /// <summary>A stream that closes its connection with it.</summary>
        private sealed class Owning : NetworkStream
        {
            private readonly TcpClient client;

            internal Owning(TcpClient client)
                : base(client.Client, false)
            {
                this.client = client;
            }

            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                client.Close();
            }
        }
    }
}
