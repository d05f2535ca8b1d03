namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Diagnostics;
    using System.IO;
    using System.Net;
    using System.Text;

    /// <summary>How an SFTP server is reached by the ssh of the machine.</summary>
    internal sealed class SshWish
    {
        internal string Host;
        internal int Port;
        internal NetworkCredential Account;
        internal string KeyFile;
        internal string KnownHosts;
        internal bool AcceptKey;
        internal bool Compress;
        internal int Timeout;
        internal int PieceBytes = 32768;
        internal int MostAsked = 64;
    }

    /// <summary>The ssh of the machine, which carries SFTP on its standard input and output.</summary>
    internal sealed class SshProcess
    {
        private const string Answer = "JAMS_SSH_ANSWER";
        private const int LongestTold = 4000;
        private readonly Process process;
        private readonly StringBuilder said = new StringBuilder();
        private string asking;

        /// <summary>Start it. Raises JAMSException where there is no ssh.</summary>
        internal SshProcess(SshWish wish)
        {
            ProcessStartInfo start = new ProcessStartInfo("ssh", Quoted(Arguments(wish)));
            start.UseShellExecute = false;
            start.CreateNoWindow = true;
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            if (wish.Account != null && wish.Account.Password.Length > 0)
            {
                // The password stands in no argument and no file: ssh gets it from a program that it asks, which finds it
                // in its environment, where its owner alone may look.
                asking = Asking();
                start.EnvironmentVariables["SSH_ASKPASS"] = asking;
                start.EnvironmentVariables["SSH_ASKPASS_REQUIRE"] = "force";
                if (!start.EnvironmentVariables.ContainsKey("DISPLAY"))
                {
                    start.EnvironmentVariables["DISPLAY"] = ":0";
                }
                start.EnvironmentVariables[Answer] = wish.Account.Password;
            }
            try
            {
                process = Process.Start(start);
            }
            catch (System.ComponentModel.Win32Exception error)
            {
                Forget();
                throw FileServer.Failure(
                    "FileServerUnavailable", "Unavailable",
                    "SFTP needs the program ssh of OpenSSH on this machine: " + error.Message + ".", wish.Host, error);
            }
            process.ErrorDataReceived += Hear;
            process.BeginErrorReadLine();
            Input = process.StandardInput.BaseStream;
            Output = process.StandardOutput.BaseStream;
        }

        /// <summary>What it is told.</summary>
        internal Stream Input { get; private set; }

        /// <summary>What it tells.</summary>
        internal Stream Output { get; private set; }

        /// <summary>What it says of itself once it has ended, at most some lines.</summary>
        internal string Said()
        {
            if (process.WaitForExit(2000))
            {
                process.WaitForExit();
            }
            lock (said)
            {
                return said.ToString().Trim();
            }
        }

        /// <summary>The connection stands, or will not: what gave the password is needed no more.</summary>
        internal void Forget()
        {
            if (asking == null)
            {
                return;
            }
            try
            {
                Directory.Delete(Path.GetDirectoryName(asking), true);
            }
            catch (IOException)
            {
            }
            asking = null;
        }

        /// <summary>End it. Never raises.</summary>
        internal void Close()
        {
            Forget();
            try
            {
                Input.Dispose();
                if (!process.WaitForExit(500))
                {
                    process.Kill();
                }
            }
            catch (Exception)
            {
            }
        }

        /// <summary>Arguments of a program as one line, which systems take apart by the rules of Windows.</summary>
        internal static string Quoted(IEnumerable<string> arguments)
        {
            StringBuilder line = new StringBuilder();
            foreach (string argument in arguments)
            {
                line.Append(line.Length == 0 ? "\"" : " \"");
                int slashes = 0;
                foreach (char each in argument)
                {
                    if (each == '"')
                    {
                        line.Append('\\', slashes + 1);
                    }
                    slashes = each == '\\' ? slashes + 1 : 0;
                    line.Append(each);
                }
                line.Append('\\', slashes).Append('"');
            }
            return line.ToString();
        }

        private static List<string> Arguments(SshWish wish)
        {
            bool asks = wish.Account != null && wish.Account.Password.Length > 0;
            List<string> found = new List<string> { "-T", "-x", "-a" };
            Action<string> option = delegate(string text)
            {
                found.Add("-o");
                found.Add(text);
            };
            option("ClearAllForwardings=yes");
            option("PermitLocalCommand=no");
            option("LogLevel=ERROR");
            option("ConnectTimeout=" + wish.Timeout);
            option("ServerAliveInterval=" + Math.Max(1, wish.Timeout / 3));
            option("ServerAliveCountMax=3");
            option("StrictHostKeyChecking=" + (wish.AcceptKey ? "accept-new" : "yes"));
            option("BatchMode=" + (asks ? "no" : "yes"));
            option("NumberOfPasswordPrompts=1");
            if (!string.IsNullOrEmpty(wish.KnownHosts))
            {
                option("UserKnownHostsFile=\"" + wish.KnownHosts + "\"");
            }
            if (!string.IsNullOrEmpty(wish.KeyFile))
            {
                // The password is that of the key then, and no server is told it.
                found.Add("-i");
                found.Add(wish.KeyFile);
                option("IdentitiesOnly=yes");
                option("PreferredAuthentications=publickey");
            }
            else if (asks)
            {
                option("PreferredAuthentications=password,keyboard-interactive");
                option("PubkeyAuthentication=no");
            }
            if (wish.Compress)
            {
                found.Add("-C");
            }
            if (wish.Port != 0)
            {
                found.Add("-p");
                found.Add(wish.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            if (wish.Account != null)
            {
                found.Add("-l");
                found.Add(wish.Account.UserName);
            }
            found.Add("-s");
            found.Add("--");
            found.Add(wish.Host);
            found.Add("sftp");
            return found;
        }

        /// <summary>A program that says what ssh asks for.</summary>
        private static string Asking()
        {
            bool windows = Path.DirectorySeparatorChar == '\\';
            string folder = Path.Combine(Path.GetTempPath(), "jams-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, windows ? "answer.cmd" : "answer");
            if (windows)
            {
                File.WriteAllText(
                    path,
                    "@powershell -NoProfile -Command \"[Console]::Out.Write($env:" + Answer + ")\"\r\n");
                return path;
            }
            File.WriteAllText(path, "#!/bin/sh\nprintf '%s\\n' \"$" + Answer + "\"\n");
            using (Process chmod = Process.Start("chmod", Quoted(new[] { "700", folder, path })))
            {
                chmod.WaitForExit();
            }
            return path;
        }

        private void Hear(object sender, DataReceivedEventArgs told)
        {
            lock (said)
            {
                if (told.Data != null && said.Length < LongestTold)
                {
                    said.Append(FileNames.Shown(told.Data.Trim())).Append(' ');
                }
            }
        }
    }
}
