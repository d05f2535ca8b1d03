namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;

    /// <summary>The servers that are known in this process, and the one that is meant where none is named.</summary>
    public static class Servers
    {
        private const string BasePath = "/JAMS";
#if CORE
        private const int AnswerWithin = 10000;
#endif
        private static readonly object Gate = new object();
        private static readonly Dictionary<string, Server> Known =
            new Dictionary<string, Server>(StringComparer.OrdinalIgnoreCase);

        /// <summary>The server that was connected to last.</summary>
        internal static Server Current { get; set; }

        /// <summary>The server that is meant before anybody has connected to one.</summary>
        internal static string DefaultName
        {
            get
            {
                string name = Environment.GetEnvironmentVariable("JAMS_SERVER");
                if (!string.IsNullOrEmpty(name))
                {
                    return name;
                }
                List<ListedServer> listed = LocalLogin() == null ? ListedServers.All : null;
                return listed == null || listed.Count == 0 ? "localhost" : listed[0].Name;
            }
        }

        /// <summary>The names of the servers that are known, or listed.</summary>
        internal static List<string> Names
        {
            get
            {
                List<string> found;
                lock (Gate)
                {
                    found = new List<string>(Known.Keys);
                }
                foreach (ListedServer listed in ListedServers.All)
                {
                    if (!found.Exists(delegate(string name)
                    {
                        return string.Equals(name, listed.Name, StringComparison.OrdinalIgnoreCase);
                    }))
                    {
                        found.Add(listed.Name);
                    }
                }
                return found;
            }
        }

        /// <summary>Whether a server is to be told each time who calls, so that no login is kept for it.</summary>
        internal static bool Prompts(string name)
        {
            ListedServer listed = ListedServers.Find(string.IsNullOrEmpty(name) ? DefaultName : name);
            return listed != null && listed.Prompt;
        }

        /// <summary>The server of a name; without one: the current one, JAMS_SERVER, or that of this machine.</summary>
        internal static Server Find(string name)
        {
            if (string.IsNullOrEmpty(name))
            {
                if (Current != null)
                {
                    return Current;
                }
                name = DefaultName;
            }
            lock (Gate)
            {
                Server found;
                if (Known.TryGetValue(name, out found))
                {
                    return found;
                }
                found = New(name);
                Known[name] = found;
                return found;
            }
        }

        /// <summary>Know a server by a further name, by which paths can name it.</summary>
        internal static void Register(string name, Server server)
        {
            lock (Gate)
            {
                Known[name] = server;
            }
        }

        /// <summary>The host of an address, with its port if it has one: how a path names the server.</summary>
        internal static string NameOf(string address)
        {
            string url = Address(address);
            string rest = url.Substring(url.IndexOf("//", StringComparison.Ordinal) + 2);
            int slash = rest.IndexOf('/');
            return slash < 0 ? rest : rest.Substring(0, slash);
        }

        private static Server New(string name)
        {
            ListedServer listed = ListedServers.Find(name);
            if (listed != null)
            {
                return new Server(listed.Name, Address(listed.Address));
            }
            CheckLock(name);
            Dictionary<string, object> local = LocalLogin();
            object localUrl;
            string token;
            if (local != null && local.TryGetValue("url", out localUrl) && (token = LocalToken()) != null)
            {
                string here = Address((string)localUrl);
                if (string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || Same(Address(name), here))
                {
                    // It is this machine's own server, whatever its address.
                    Server found = new Server(name.Contains("/") ? NameOf(name) : name, here) { MayBeInClear = true };
                    found.UseToken(token, LocalToken);
                    return found;
                }
            }
            return new Server(name.Contains("/") ? NameOf(name) : name, Address(name));
        }

        /// <summary>See that a server may be spoken to: where the list is locked, one of that alone.</summary>
        private static void CheckLock(string name)
        {
            List<ListedServer> listed = ListedServers.Locked ? ListedServers.All : new List<ListedServer>();
            if (listed.Count == 0 || listed.Exists(delegate(ListedServer each)
            {
                return Same(Address(each.Address), Address(name));
            }))
            {
                return;
            }
            string names = string.Join(", ", listed.ConvertAll(delegate(ListedServer each) { return each.Name; }));
            throw JAMSException.Local(
                "InvalidArgument", "'" + name + "' is none of the servers of the list, which is locked: " + names + ".");
        }

        /// <summary>
        /// The base address of web services: <c>host:8080</c> is <c>https://host:8080/JAMS</c>, and
        /// <c>localhost:8080</c> is <c>http://localhost:8080/JAMS</c>.
        /// </summary>
        private static string Address(string text)
        {
            bool bare = !text.Contains("://");
            string address = bare ? "http://" + text.Trim() : text.Trim();
            Uri uri;
            if (!Uri.TryCreate(address, UriKind.Absolute, out uri) || uri.UserInfo != "" || uri.Query != ""
                || (uri.Scheme != "http" && uri.Scheme != "https"))
            {
                throw JAMSException.Local(
                    "InvalidArgument", "'" + text + "' is no server; write for example https://jams.example.com/JAMS.");
            }
            string path = uri.AbsolutePath.TrimEnd('/');
            bool secure = bare && !uri.IsLoopback;
            // A port that is the usual one of http is none of https.
            string host = secure ? address.Substring("http://".Length).Split('/')[0] : uri.Authority;
            return (secure ? "https" : uri.Scheme) + "://" + host + (path == "" ? BasePath : path);
        }

        private static bool Same(string one, string other)
        {
            return string.Equals(Here(one), Here(other), StringComparison.OrdinalIgnoreCase);
        }

        private static string Here(string address)
        {
            return address.Replace("//127.0.0.1", "//localhost").Replace("//[::1]", "//localhost");
        }

        /// <summary>The login that a server on this machine has left for its owner, or null.</summary>
        private static Dictionary<string, object> LocalLogin()
        {
            string file = Path.Combine(Home(), "client.json");
            try
            {
                if (!File.Exists(file) || Places.OpenToOthers(file))
                {
                    return null;
                }
                return JsonReader.Parse(File.ReadAllText(file)) as Dictionary<string, object>;
            }
            catch (IOException)
            {
                return null;
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (FormatException)
            {
                return null;
            }
        }

        /// <summary>
        /// A token for who owns the server of this machine: the server's socket gives one to whom it knows, and where there
        /// is none it lies in the file. Null where neither does.
        /// </summary>
        private static string LocalToken()
        {
            Dictionary<string, object> local = LocalLogin();
            object found;
            if (local == null)
            {
                return null;
            }
            if (local.TryGetValue("socket", out found) && found is string)
            {
                Dictionary<string, object> answer = Ask((string)found);
                return answer != null && answer.TryGetValue("token", out found) ? found as string : null;
            }
            return local.TryGetValue("token", out found) && (string)found != "" ? (string)found : null;
        }

        /// <summary>What the socket answers, or null.</summary>
        private static Dictionary<string, object> Ask(string path)
        {
#if CORE
            try
            {
                using (var door = new System.Net.Sockets.Socket(
                    System.Net.Sockets.AddressFamily.Unix,
                    System.Net.Sockets.SocketType.Stream,
                    System.Net.Sockets.ProtocolType.Unspecified))
                {
                    door.ReceiveTimeout = AnswerWithin;
                    door.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
                    using (var stream = new System.Net.Sockets.NetworkStream(door))
                    using (var reader = new StreamReader(stream))
                    {
                        return JsonReader.Parse(reader.ReadToEnd()) as Dictionary<string, object>;
                    }
                }
            }
            catch (System.Net.Sockets.SocketException)
            {
                return null;
            }
            catch (IOException)
            {
                return null;
            }
            catch (FormatException)
            {
                return null;
            }
#else
            return null;
#endif
        }

        private static string Home()
        {
            string given = Environment.GetEnvironmentVariable("JAMS_HOME");
            if (!string.IsNullOrEmpty(given))
            {
                return given;
            }
            return Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "JAMS");
        }
    }

    /// <summary>Files and who may read them.</summary>
    internal static class Places
    {
        /// <summary>Whether others than the owner may read a file. On Windows the profile's access list decides.</summary>
        internal static bool OpenToOthers(string file)
        {
#if CORE
            if (Path.DirectorySeparatorChar == '/')
            {
                const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite
                    | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
                return (File.GetUnixFileMode(file) & Others) != 0;
            }
#endif
            return false;
        }
    }
}
