namespace MVPSI.JAMS.Module
{
    using System;
    using System.IO;
    using System.Text;
    using System.Text.RegularExpressions;

    /// <summary>Names and paths at file servers, and patterns of them.</summary>
    internal static class FileNames
    {
        private static readonly Regex NotOnWindows = new Regex(
            "[<>:\"\\\\|?*]|[. ]$|^(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?$", RegexOptions.IgnoreCase);

        /// <summary>The path of a name in a folder.</summary>
        internal static string Join(string folder, string name)
        {
            return folder.TrimEnd('/') + "/" + name;
        }

        /// <summary>The folder of a whole path.</summary>
        internal static string Folder(string path)
        {
            int slash = path.LastIndexOf('/');
            return slash <= 0 ? "/" : path.Substring(0, slash);
        }

        /// <summary>The last part of a whole path.</summary>
        internal static string Leaf(string path)
        {
            return path.Substring(path.LastIndexOf('/') + 1);
        }

        /// <summary>Whether a name holds <c>*</c> or <c>?</c>.</summary>
        internal static bool HasPattern(string name)
        {
            return name.IndexOfAny(new[] { '*', '?' }) >= 0;
        }

        /// <summary>Whether a name fits: <c>*</c> is any text and <c>?</c> a character, but no dot at the beginning.</summary>
        internal static Func<string, bool> Matcher(string pattern)
        {
            string text = Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".");
            Regex whole = new Regex("\\A" + text + "\\z", RegexOptions.Singleline);
            bool hidden = pattern.StartsWith(".", StringComparison.Ordinal);
            return delegate(string name)
            {
                return (hidden || !name.StartsWith(".", StringComparison.Ordinal)) && whole.IsMatch(name);
            };
        }

        /// <summary>A name that a server has said, if it can be one of a file here and nothing more.</summary>
        internal static string Safe(FileServer server, string name, string path)
        {
            bool leadsOut = name.Length == 0 || name == "." || name == ".." || name.IndexOfAny(new[] { '/', '\0' }) >= 0;
            if (leadsOut || (Path.DirectorySeparatorChar == '\\' && NotOnWindows.IsMatch(name)))
            {
                throw server.Refused("the server gives it a name that no file here can have", path);
            }
            return name;
        }

        /// <summary>A name as it is shown: nothing in it breaks the line, or moves what is read.</summary>
        internal static string Shown(string text)
        {
            StringBuilder shown = new StringBuilder();
            foreach (char each in text)
            {
                bool plain = !char.IsControl(each) && char.GetUnicodeCategory(each)
                    != System.Globalization.UnicodeCategory.Format;
                shown.Append(plain ? each.ToString() : "\\u" + ((int)each).ToString("x4"));
            }
            return shown.ToString();
        }
    }

    /// <summary>A connection has failed; what a file here says of itself is another matter.</summary>
    internal sealed class WireException : Exception
    {
        internal WireException(string message, Exception inner = null)
            : base(message, inner)
        {
        }
    }

    /// <summary>Waiting for what comes over a connection: not for ever, and not when it is told to stop.</summary>
    internal static class Patience
    {
        private const int LookMilliseconds = 50;

        /// <summary>The outcome of a task. Raises WireException when it fails or does not end in time.</summary>
        internal static T Wait<T>(System.Threading.Tasks.Task<T> task, int seconds, FileServer server)
        {
            Wait((System.Threading.Tasks.Task)task, seconds, server);
            return task.Result;
        }

        /// <summary>Read some bytes; 0 at the end.</summary>
        internal static int Read(Stream from, byte[] into, int offset, int count, int seconds, FileServer server)
        {
            try
            {
                return Wait(from.ReadAsync(into, offset, count), seconds, server);
            }
            catch (IOException error)
            {
                throw new WireException(error.Message, error);
            }
            catch (ObjectDisposedException error)
            {
                throw new WireException("it has been closed", error);
            }
        }

        /// <summary>Write bytes, and see that they go.</summary>
        internal static void Write(Stream to, byte[] from, int count, int seconds, FileServer server)
        {
            try
            {
                Wait(to.WriteAsync(from, 0, count), seconds, server);
                Wait(to.FlushAsync(), seconds, server);
            }
            catch (IOException error)
            {
                throw new WireException(error.Message, error);
            }
            catch (ObjectDisposedException error)
            {
                throw new WireException("it has been closed", error);
            }
        }

        internal static void Wait(System.Threading.Tasks.Task task, int seconds, FileServer server)
        {
            DateTime end = DateTime.UtcNow.AddSeconds(seconds);
            try
            {
                while (!task.Wait(LookMilliseconds))
                {
                    if (server.Stopping != null && server.Stopping())
                    {
                        server.Close();
                        throw new System.Management.Automation.PipelineStoppedException();
                    }
                    if (DateTime.UtcNow > end)
                    {
                        throw new WireException("nothing came for " + seconds + " seconds");
                    }
                }
            }
            catch (AggregateException error)
            {
                Exception deepest = error.GetBaseException();
                System.Security.Authentication.AuthenticationException trust =
                    deepest as System.Security.Authentication.AuthenticationException;
                if (trust != null)
                {
                    throw trust;
                }
                throw new WireException(deepest.Message, deepest);
            }
        }
    }
}
