namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;

    /// <summary>A kind of definition that lies in folders: which operations read and change it.</summary>
    internal sealed class TreeKind : Described
    {
        private static List<TreeKind> all;

        private readonly List<Described> also;

        internal readonly string Name;

        private TreeKind(object members)
            : base(members)
        {
            Name = Text("kind");
            also = Parts("also");
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

        /// <summary>Whether an item of this kind is shown as one: a setup is a job, but shown as a setup.</summary>
        internal bool Shows(object item)
        {
            return !also.Exists(delegate(Described other)
            {
                return Values.Text(Values.Property(item, other.Text("member"))) == other.Text("value");
            });
        }

        /// <summary>The kind of a document, or null.</summary>
        internal static TreeKind Of(Document document)
        {
            return All.Find(delegate(TreeKind kind) { return kind.Name == document.Layout.Name; });
        }

        /// <summary>The kind that stands behind a name, as in <c>Load&lt;Job&gt;</c>; null if none does.</summary>
        /// <param name="segment">The name with what stands behind it.</param>
        /// <param name="name">The name alone.</param>
        internal static TreeKind Marked(string segment, out string name)
        {
            int cut = segment.LastIndexOf('<');
            name = segment;
            if (cut <= 0 || !segment.EndsWith(">", StringComparison.Ordinal))
            {
                return null;
            }
            string mark = segment.Substring(cut + 1, segment.Length - cut - 2);
            TreeKind found = All.Find(delegate(TreeKind kind)
            {
                return string.Equals(kind.Name, mark, StringComparison.OrdinalIgnoreCase);
            });
            name = found == null ? segment : segment.Substring(0, cut);
            return found;
        }

        /// <summary>An operation of the kind by its role: get, list, create, change or delete.</summary>
        internal Operation Operation(string role)
        {
            return Catalogue.Operation(Text(role));
        }
    }

    /// <summary>A place on a drive: a server and a path on it.</summary>
    /// <remarks>
    /// At one place there can be a folder, a job and a variable. The path alone means the first of them in this order;
    /// with the kind behind it, as in <c>Load&lt;Job&gt;</c>, it means that one. No name holds these signs.
    /// </remarks>
    internal sealed class Place
    {
        internal readonly string ServerName;
        internal readonly string[] Segments;
        private readonly Server server;

        /// <summary>The kind that is meant; null for whichever is there.</summary>
        internal readonly TreeKind Kind;

        /// <summary>Whether the path tells that its first name is a folder's, and not that of a container.</summary>
        private readonly bool inFolder;

        /// <param name="path">The path as the provider writes it.</param>
        /// <param name="server">The server as a drive knows it, with its login; null: the one of that name.</param>
        internal Place(string path, Server server = null)
        {
            this.server = server;
            string[] parts = path.Replace('/', '\\').Split(new[] { '\\' }, StringSplitOptions.RemoveEmptyEntries);
            ServerName = parts.Length == 0 ? "" : parts[0];
            Segments = new string[Math.Max(0, parts.Length - 1)];
            Array.Copy(parts, Math.Min(1, parts.Length), Segments, 0, Segments.Length);
            for (int i = 0; i < Segments.Length; i++)
            {
                string name;
                TreeKind kind = TreeKind.Marked(Segments[i], out name);
                bool last = i == Segments.Length - 1;
                if (kind != null && (last || kind.Container))
                {
                    Segments[i] = name;
                    Kind = last ? kind : null;
                    inFolder = inFolder || (i == 0 && kind.Container);
                }
            }
        }

        private Place(string serverName, string[] segments, TreeKind kind, bool inFolder, Server server)
        {
            this.server = server;
            ServerName = serverName;
            Segments = segments;
            Kind = kind;
            this.inFolder = segments.Length > 0 && (inFolder || (segments.Length == 1 && kind != null && kind.Container));
        }

        /// <summary>Whether it can be a container that the server fills, or something in one.</summary>
        internal bool Contained
        {
            get { return Segments.Length > 0 && Kind == null && !inFolder; }
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
                return new Place(ServerName, segments, null, inFolder, server);
            }
        }

        /// <summary>The last name, with the kind behind it where the path tells it.</summary>
        internal string MarkedLeaf
        {
            get
            {
                TreeKind kind = inFolder && Segments.Length == 1 ? TreeKind.Folder : Kind;
                return kind == null ? Leaf : Leaf + "<" + kind.Name + ">";
            }
        }

        internal Place Child(string name)
        {
            return Child(name, null);
        }

        internal Place Child(string name, TreeKind kind)
        {
            string[] segments = new string[Segments.Length + 1];
            Segments.CopyTo(segments, 0);
            segments[Segments.Length] = name;
            return new Place(ServerName, segments, kind, inFolder, server);
        }

        /// <summary>Another place of the same server, by its path there.</summary>
        internal Place At(string path)
        {
            return new Place(ServerName + "\\" + path, server);
        }

        /// <summary>The same place, for what is of a kind there.</summary>
        internal Place Of(TreeKind kind)
        {
            return new Place(ServerName, Segments, kind, inFolder, server);
        }

        /// <summary>Whether a place is this one, or lies below it; kinds aside.</summary>
        internal bool Holds(Place other)
        {
            if (Server.Url != other.Server.Url || other.Segments.Length < Segments.Length)
            {
                return false;
            }
            for (int i = 0; i < Segments.Length; i++)
            {
                if (!string.Equals(Segments[i], other.Segments[i], StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
            return true;
        }

        /// <summary>The path as the provider writes it: the server first, the kind behind it.</summary>
        public override string ToString()
        {
            return Segments.Length == 0 ? ServerName : Parent.ToString() + "\\" + MarkedLeaf;
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
