namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using System.Xml;

    /// <summary>A server that has a name in a list.</summary>
    internal sealed class ListedServer
    {
        internal string Name { get; set; }

        internal string Node { get; set; }

        internal string Port { get; set; }

        /// <summary>Whether no login is kept for it: who calls says each time who he is.</summary>
        internal bool Prompt { get; set; }

        /// <summary>
        /// What the address is made of. The port is that of a JAMServer: 773 and 7730 mean the web services at their usual
        /// address, any other one is taken for theirs.
        /// </summary>
        internal string Address
        {
            get
            {
                bool usual = string.IsNullOrEmpty(Port) || Port == "773" || Port == "7730";
                return Node.Contains("://") || usual ? Node : Node + ":" + Port;
            }
        }
    }

    /// <summary>
    /// The list of servers, and whether it is locked, from the files that JAMSWebClient reads as well: blocks JAMSServers of
    /// the original's client, and its User.config.
    /// </summary>
    internal static class ListedServers
    {
        private const string UserConfig = "User.config";
        private static readonly string[] WithServers = { "JAMSServers.config", "JAMSWin.exe.config", UserConfig };

        /// <summary>The servers with names, the first of a name alone.</summary>
        internal static List<ListedServer> All
        {
            get
            {
                List<ListedServer> found = new List<ListedServer>();
                foreach (string folder in Folders())
                {
                    if (found.Count > 0 && Locked)
                    {
                        break;
                    }
                    foreach (string file in WithServers)
                    {
                        foreach (ListedServer server in Read(Path.Combine(folder, file)))
                        {
                            if (Among(found, server.Name) == null)
                            {
                                found.Add(server);
                            }
                        }
                    }
                }
                return found;
            }
        }

        /// <summary>Whether no other server than those of the list is spoken to.</summary>
        internal static bool Locked
        {
            get { return Yes("LockServer", Key("LockServer")); }
        }

        /// <summary>The server of a name, or null.</summary>
        internal static ListedServer Find(string name)
        {
            return Among(All, name.Trim());
        }

        private static ListedServer Among(List<ListedServer> servers, string name)
        {
            return servers.Find(delegate(ListedServer each)
            {
                return string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase);
            });
        }

        private static List<string> Folders()
        {
            string common = Key("CommonSettingsPath");
            List<string> found = new List<string> { Machine() };
            if (!string.IsNullOrEmpty(common))
            {
                found.Add(common.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Home(), common.Substring(2)) : common);
            }
            else
            {
                found.Add(Versioned(Own()));
                found.Add(Own());
            }
            return found;
        }

        /// <summary>What User.config says: of the machine first, then of this version, then of the user.</summary>
        private static string Key(string name)
        {
            foreach (string folder in new[] { Machine(), Versioned(Own()), Own() })
            {
                string found = null;
                string file = Path.Combine(folder, UserConfig);
                Walk(file, delegate(XmlReader reader)
                {
                    if (reader.Name == "add" && string.Equals(
                        Attribute(reader, "key").Trim(), name, StringComparison.OrdinalIgnoreCase))
                    {
                        found = Attribute(reader, "value").Trim();
                    }
                });
                if (found != null)
                {
                    return found;
                }
            }
            return "";
        }

        private static List<ListedServer> Read(string file)
        {
            List<ListedServer> found = new List<ListedServer>();
            Dictionary<string, string> said = null;
            Action close = delegate
            {
                // Blocks of shortcuts look alike, and have no Node.
                if (said != null && Said(said, "Name") != "" && Said(said, "Node") != "")
                {
                    found.Add(Server(said, file));
                }
            };
            Walk(file, delegate(XmlReader reader)
            {
                if (reader.Name == "subkey")
                {
                    close();
                    said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                }
                else if (reader.Name == "property" && said != null)
                {
                    string name = Attribute(reader, "name");
                    said[name] = reader.ReadString().Trim();
                }
            });
            close();
            return found;
        }

        private static ListedServer Server(Dictionary<string, string> said, string file)
        {
            int port;
            string written = Said(said, "Port");
            if (written != "" && (!int.TryParse(written, out port) || port < 1 || port > 65535))
            {
                throw Unusable(file + ": the port of " + said["Name"] + " is a number from 1 to 65535.");
            }
            return new ListedServer
            {
                Name = said["Name"],
                Node = said["Node"],
                Port = written,
                Prompt = Yes("Prompt", Said(said, "Prompt"))
            };
        }

        private static string Said(Dictionary<string, string> said, string name)
        {
            string found;
            return said.TryGetValue(name, out found) ? found : "";
        }

        private static bool Yes(string name, string value)
        {
            bool found;
            if (value == "")
            {
                return false;
            }
            if (!bool.TryParse(value, out found))
            {
                throw Unusable(name + " of the list of servers is True or False.");
            }
            return found;
        }

        /// <summary>Look at each element of an XML file; at nothing where there is none.</summary>
        private static void Walk(string file, Action<XmlReader> look)
        {
            if (!File.Exists(file))
            {
                return;
            }
            // A document type is refused, so that no entity is ever expanded.
            XmlReaderSettings settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            try
            {
                using (XmlReader reader = XmlReader.Create(file, settings))
                {
                    while (reader.Read())
                    {
                        if (reader.NodeType == XmlNodeType.Element)
                        {
                            look(reader);
                        }
                    }
                }
            }
            catch (XmlException error)
            {
                throw Unusable(file + " is no XML that can be read: " + error.Message);
            }
            catch (UnauthorizedAccessException)
            {
                throw Unusable(file + " cannot be read.");
            }
            catch (IOException)
            {
                throw Unusable(file + " cannot be read.");
            }
        }

        /// <summary>An attribute by its name in any case.</summary>
        private static string Attribute(XmlReader reader, string name)
        {
            string found = "";
            if (reader.MoveToFirstAttribute())
            {
                do
                {
                    if (string.Equals(reader.Name, name, StringComparison.OrdinalIgnoreCase))
                    {
                        found = reader.Value;
                    }
                }
                while (reader.MoveToNextAttribute());
                reader.MoveToElement();
            }
            return found;
        }

        private static JAMSException Unusable(string message)
        {
            return JAMSException.Local("ConfigurationInvalid", message);
        }

        private static string Versioned(string folder)
        {
            string[] parts = ModuleVersion.Text.Split('.');
            return Path.Combine(folder, parts[0] + "." + parts[1]);
        }

        private static string Home()
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        }

        private static bool Windows
        {
            get { return Path.DirectorySeparatorChar == '\\'; }
        }

        /// <summary>The folder of this user's settings, which is that of JAMSWebClient.</summary>
        private static string Own()
        {
            string folder;
            if (Windows)
            {
                folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
            }
            else if (Directory.Exists("/System/Library/CoreServices"))
            {
                folder = Path.Combine(Home(), "Library/Application Support");
            }
            else
            {
                folder = (Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") ?? "").Trim();
                folder = folder == "" ? Path.Combine(Home(), ".config") : folder;
            }
            return Path.Combine(folder, "jamswebclient");
        }

        /// <summary>The folder of settings for everybody on the machine.</summary>
        private static string Machine()
        {
            if (Windows)
            {
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "JAMS");
            }
            string first = (Environment.GetEnvironmentVariable("XDG_CONFIG_DIRS") ?? "").Split(':')[0].Trim();
            return Path.Combine(first == "" ? "/etc/xdg" : first, "jamswebclient");
        }
    }
}
