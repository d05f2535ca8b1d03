namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;

    /// <summary>A kind of definition that lies in folders: which operations read and change it.</summary>
    internal sealed class TreeKind : Described
    {
        private static List<TreeKind> all;

        internal readonly string Name;

        private TreeKind(object members)
            : base(members)
        {
            Name = Text("kind");
        }

        /// <summary>All kinds, folders first.</summary>
        internal static List<TreeKind> All
        {
            get
            {
                return all ?? (all = ((List<object>)Catalogue.Content["tree"]).ConvertAll(
                    delegate(object members) { return new TreeKind(members); }));
            }
        }

        /// <summary>The kind of folders.</summary>
        internal static TreeKind Folder
        {
            get { return All[0]; }
        }

        internal bool Container
        {
            get { return Is("container"); }
        }

        internal Shape Shape
        {
            get { return Shapes.Get(Name); }
        }

        /// <summary>The kind that a word means: its name or the beginning of it; null if there is none.</summary>
        internal static TreeKind Meant(string word)
        {
            if (string.Equals(word, "Directory", StringComparison.OrdinalIgnoreCase))
            {
                return Folder;
            }
            return All.Find(delegate(TreeKind kind)
            {
                return kind.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
            });
        }

        /// <summary>The kind of a document, or null.</summary>
        internal static TreeKind Of(Document document)
        {
            return All.Find(delegate(TreeKind kind) { return kind.Name == document.Layout.Name; });
        }

        /// <summary>An operation of the kind by its role: get, list, create, change or delete.</summary>
        internal Operation Operation(string role)
        {
            return Catalogue.Operation(Text(role));
        }
    }

    /// <summary>A place on a drive: a server and a path on it.</summary>
    internal sealed class Place
    {
        internal readonly string ServerName;
        internal readonly string[] Segments;
        private readonly Server server;

        /// <param name="path">The path as the provider writes it.</param>
        /// <param name="server">The server as a drive knows it, with its login; null: the one of that name.</param>
        internal Place(string path, Server server = null)
        {
            this.server = server;
            string[] parts = path.Replace('/', '\\').Split(new[] { '\\' }, StringSplitOptions.RemoveEmptyEntries);
            ServerName = parts.Length == 0 ? "" : parts[0];
            Segments = new string[Math.Max(0, parts.Length - 1)];
            Array.Copy(parts, Math.Min(1, parts.Length), Segments, 0, Segments.Length);
        }

        private Place(string serverName, string[] segments, Server server)
        {
            this.server = server;
            ServerName = serverName;
            Segments = segments;
        }

        internal Server Server
        {
            get { return server ?? Servers.Find(ServerName); }
        }

        /// <summary>The path on the server, as its definitions are named: <c>\Sales\Load</c>.</summary>
        internal string Path
        {
            get { return "\\" + string.Join("\\", Segments); }
        }

        internal string Leaf
        {
            get { return Segments.Length == 0 ? "" : Segments[Segments.Length - 1]; }
        }

        internal Place Parent
        {
            get
            {
                string[] segments = new string[Math.Max(0, Segments.Length - 1)];
                Array.Copy(Segments, segments, segments.Length);
                return new Place(ServerName, segments, server);
            }
        }

        internal Place Child(string name)
        {
            string[] segments = new string[Segments.Length + 1];
            Segments.CopyTo(segments, 0);
            segments[Segments.Length] = name;
            return new Place(ServerName, segments, server);
        }

        /// <summary>Another place of the same server, by its path there.</summary>
        internal Place At(string path)
        {
            return new Place(ServerName + "\\" + path, server);
        }

        /// <summary>The path as the provider writes it: the server first.</summary>
        public override string ToString()
        {
            return Segments.Length == 0 ? ServerName : ServerName + Path;
        }
    }

    /// <summary>What is at a place.</summary>
    internal sealed class Node
    {
        internal readonly Place Place;
        internal readonly object Item;
        internal readonly TreeKind Kind;
        internal readonly bool Container;

        internal Node(Place place, object item, TreeKind kind, bool container)
        {
            Place = place;
            Item = item;
            Kind = kind;
            Container = container;
        }

        internal Document Document
        {
            get { return (Document)Item; }
        }
    }

    /// <summary>A folder at the root that the server fills by itself, as Agents.</summary>
    public sealed class PredefinedContainer
    {
        internal PredefinedContainer(string name)
        {
            Name = name;
        }

        /// <summary>Its name.</summary>
        public string Name { get; private set; }

        /// <summary>Its path.</summary>
        public string QualifiedName
        {
            get { return "\\" + Name; }
        }

        /// <summary>Its name.</summary>
        public override string ToString()
        {
            return Name;
        }
    }
}
