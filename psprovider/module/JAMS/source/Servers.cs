namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;

    /// <summary>The servers that are known in this process, and the one that is meant where none is named.</summary>
    public static class Servers
    {
        private const string BasePath = "/JAMS";
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
                return string.IsNullOrEmpty(name) ? "localhost" : name;
            }
        }

        /// <summary>The names of the servers that are known.</summary>
        internal static List<string> Names
        {
            get
            {
                lock (Gate)
                {
                    return new List<string>(Known.Keys);
                }
            }
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
            Dictionary<string, object> local = LocalLogin();
            object localUrl, token;
            if (local != null && local.TryGetValue("url", out localUrl) && local.TryGetValue("token", out token))
            {
                string here = Address((string)localUrl);
                if (string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || Same(Address(name), here))
                {
                    // It is this machine's own server, whatever its address.
                    Server found = new Server(name.Contains("/") ? NameOf(name) : name, here) { MayBeInClear = true };
                    found.UseToken((string)token);
                    return found;
                }
            }
            return new Server(name.Contains("/") ? NameOf(name) : name, Address(name));
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
