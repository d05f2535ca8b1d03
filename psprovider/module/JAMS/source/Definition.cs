namespace MVPSI.JAMS
{
    using System;
    using System.Collections.Generic;
    using MVPSI.JAMS.Module;

    /// <summary>A folder, job or variable: what scripts load, change and send back with Update.</summary>
    public abstract class Definition : Document
    {
        /// <summary>Whether the server does not know it yet.</summary>
        public bool NewObject
        {
            get { return Held[0] == null; }
        }

        /// <summary>Whether what is known and not supported by the server is kept, rather than refused.</summary>
        public bool Lenient { get; set; }

        private TreeKind Kind
        {
            get { return TreeKind.Of(this); }
        }

        private string Path
        {
            get { return PathOf(Values.Text(Values.Property(this, Kind.Text("parent")))); }
        }

        /// <summary>Create it, or save it where it came from. Raises JAMSException.</summary>
        public void Update()
        {
            Update(Origin);
        }

        /// <summary>Create it on a server, or save it there. Raises JAMSException.</summary>
        public void Update(Server server)
        {
            Validate();
            Send(server ?? Servers.Find(null), NewObject ? "create" : "change");
        }

        /// <summary>Create it on the server of a name, or save it there. Raises JAMSException.</summary>
        public void Update(string server)
        {
            Update(Servers.Find(server));
        }

        /// <summary>Look whether it can be sent at all. Raises JAMSException, whose ValidationLog tells what is wrong.</summary>
        public void Validate()
        {
            if (string.IsNullOrEmpty(Values.Text(Values.Property(this, Kind.Text("name")))))
            {
                throw JAMSException.Local("MissingArgument", "Give the " + Kind.Name.ToLowerInvariant() + " a name.");
            }
        }

        /// <summary>Create a copy under another path, and become it. Raises JAMSException.</summary>
        public void SaveAs(string qualifiedName, Server server)
        {
            int cut = qualifiedName.LastIndexOf('\\');
            Become(Copy());
            Assign(Kind.Text("name"), qualifiedName.Substring(cut + 1));
            Assign(Kind.Text("parent"), cut <= 0 ? "\\" : qualifiedName.Substring(0, cut));
            Send(server ?? Servers.Find(null), "create");
        }

        /// <summary>Delete it, if it still is as it was loaded. Raises JAMSException.</summary>
        public void Delete()
        {
            Operation operation = Kind.Operation("delete");
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            inputs["name"] = Path;
            Input condition = operation.Inputs.Find(delegate(Input input) { return input.IsCondition; });
            inputs[condition.Name] = Held[Layout.Version];
            new Caller(Origin ?? Servers.Find(null), null).Call(operation, inputs);
            DriveCache.Clear();
        }

        private void Send(Server server, string role)
        {
            Operation operation = Kind.Operation(role);
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            inputs[operation.Text("document")] = this;
            if (Lenient)
            {
                inputs["lenient"] = true;
            }
            new Caller(server, null).Call(operation, inputs);
            DriveCache.Clear();
            Dictionary<string, object> key = new Dictionary<string, object>();
            key["name"] = Path;
            Become((Document)new Caller(server, null).Call(Kind.Operation("get"), key));
        }

        private string PathOf(string folder)
        {
            return folder.TrimEnd('\\') + "\\" + Values.Text(Values.Property(this, Kind.Text("name")));
        }
    }

    namespace Module
    {
        /// <summary>The static methods that definitions have in common.</summary>
        internal static class Definitions
        {
            /// <summary>The definition of a name, or of a number; a new one where neither is given.</summary>
            internal static T Load<T>(string getter, string name, long id, Server server)
                where T : Document, new()
            {
                if (string.IsNullOrEmpty(name) && id == 0)
                {
                    T made = new T();
                    made.Origin = server;
                    return made;
                }
                Dictionary<string, object> key = new Dictionary<string, object>();
                key[id == 0 ? "name" : "id"] = id == 0 ? (object)name : id;
                return (T)new Caller(server ?? Servers.Find(null), null).Call(Catalogue.Operation(getter), key);
            }

            /// <summary>Whether there is a definition of a name.</summary>
            internal static bool Exists<T>(string getter, string name, Server server)
                where T : Document, new()
            {
                try
                {
                    Load<T>(getter, name, 0, server);
                    return true;
                }
                catch (JAMSException error)
                {
                    if (error.Kind == "NotFound")
                    {
                        return false;
                    }
                    throw;
                }
            }

            /// <summary>The definitions whose name or path matches a pattern.</summary>
            internal static List<T> Find<T>(string lister, string pattern, Server server)
                where T : Document
            {
                Operation operation = Catalogue.Operation(lister);
                Dictionary<string, object> inputs = new Dictionary<string, object>();
                if (operation.Input("recursive") != null)
                {
                    inputs["recursive"] = true;
                    inputs[operation.FolderInput] = "\\";
                }
                System.Management.Automation.WildcardPattern wanted = new System.Management.Automation.WildcardPattern(
                    string.IsNullOrEmpty(pattern) ? "*" : pattern,
                    System.Management.Automation.WildcardOptions.IgnoreCase);
                List<T> found = new List<T>();
                foreach (object item in new Caller(server ?? Servers.Find(null), null).List(operation, inputs))
                {
                    string path = item.ToString();
                    if (wanted.IsMatch(path) || wanted.IsMatch(path.Substring(path.LastIndexOf('\\') + 1)))
                    {
                        found.Add((T)item);
                    }
                }
                return found;
            }
        }
    }
}
