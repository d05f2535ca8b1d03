namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using System.Management.Automation;
    using System.Text;

    /// <summary>What cmdlets have to do with the user's own files, and with the place where he stands.</summary>
    internal static class Files
    {
        private static readonly string[] Names = { "QualifiedName", "Name" };

        /// <summary>The files that paths and patterns mean. Raises JAMSException where a plain path means none.</summary>
        internal static IEnumerable<string> Found(PSCmdlet shell, object paths)
        {
            List<string> found = new List<string>();
            foreach (object path in Values.List(paths))
            {
                string given = Values.Text(path);
                try
                {
                    ProviderInfo provider;
                    foreach (string file in shell.SessionState.Path.GetResolvedProviderPathFromPSPath(given, out provider))
                    {
                        Check(provider, given);
                        found.Add(file);
                    }
                }
                catch (ItemNotFoundException error)
                {
                    throw JAMSException.Local("NotFound", error.Message, given, error);
                }
                catch (System.Management.Automation.DriveNotFoundException error)
                {
                    throw JAMSException.Local("NotFound", error.Message, given, error);
                }
            }
            return found;
        }

        /// <summary>The text of a file. Raises JAMSException.</summary>
        internal static string Text(string path)
        {
            try
            {
                return File.ReadAllText(path);
            }
            catch (IOException error)
            {
                throw JAMSException.Local("InvalidArgument", error.Message, path, error);
            }
            catch (UnauthorizedAccessException error)
            {
                throw JAMSException.Local("InvalidArgument", error.Message, path, error);
            }
        }

        /// <summary>Write a text to a file, in UTF-8. Raises JAMSException.</summary>
        internal static void Save(PSCmdlet shell, string path, string text)
        {
            try
            {
                ProviderInfo provider;
                PSDriveInfo drive;
                string file = shell.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out drive);
                Check(provider, path);
                File.WriteAllText(file, text, new UTF8Encoding(false));
                shell.WriteVerbose(file + " was written.");
            }
            catch (System.Management.Automation.DriveNotFoundException error)
            {
                throw JAMSException.Local("NotFound", error.Message, path, error);
            }
            catch (IOException error)
            {
                throw JAMSException.Local("InvalidArgument", error.Message, path, error);
            }
            catch (UnauthorizedAccessException error)
            {
                throw JAMSException.Local("InvalidArgument", error.Message, path, error);
            }
        }

        /// <summary>Objects as the server is told of them, <c>Kind:name</c> each. Raises JAMSException.</summary>
        internal static List<object> KindsAndNames(Parameter parameter, object values)
        {
            return Values.List(values).ConvertAll(delegate(object value) { return (object)KindAndName(parameter, value); });
        }

        /// <summary>The folder of a server's drive where the user stands, or null.</summary>
        internal static string Here(PSCmdlet shell, Server server)
        {
            PathInfo location = shell.SessionState.Path.CurrentLocation;
            if (location.Provider.Name != "JAMS")
            {
                return null;
            }
            Place place = new Place(location.ProviderPath);
            bool same = place.Segments.Length > 0 && place.Server.Url == server.Url;
            return same ? place.Path : null;
        }

        private static string KindAndName(Parameter parameter, object value)
        {
            string noun = value == null ? null : Nouns.Of(value);
            if (noun == null)
            {
                string text = value == null ? null : PSObject.AsPSObject(value).BaseObject as string;
                if (string.IsNullOrEmpty(text))
                {
                    throw JAMSException.Local(
                        "InvalidArgument", "What is given as " + parameter.Name + " is no object of JAMS.");
                }
                return text;
            }
            foreach (string name in new[] { Names[0], noun + "Name", Names[1] })
            {
                object told = Values.Property(value, name);
                if (told != null)
                {
                    return noun + ":" + Values.Text(told);
                }
            }
            throw JAMSException.Local("InvalidArgument", "The " + noun + " has no name.");
        }

        private static void Check(ProviderInfo provider, string path)
        {
            if (provider.Name != "FileSystem")
            {
                throw JAMSException.Local("InvalidArgument", path + " is no file: it lies on a drive of " + provider.Name + ".");
            }
        }
    }
}
