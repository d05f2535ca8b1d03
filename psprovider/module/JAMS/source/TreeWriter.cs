namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;

    /// <summary>Changes what lies on a drive.</summary>
    internal sealed class TreeWriter
    {
        private readonly Func<bool> stopping;
        private readonly TreeReader reader;

        internal TreeWriter(TreeReader reader, Func<bool> stopping)
        {
            this.reader = reader;
            this.stopping = stopping;
        }

        /// <summary>Make a definition at a place of the members given, and give it as it then is.</summary>
        internal Node Create(Place place, TreeKind kind, IDictionary<string, object> members)
        {
            Document document = kind.Shape.New();
            foreach (KeyValuePair<string, object> member in members)
            {
                document.Assign(member.Key, member.Value);
            }
            return Put(document, kind, place, "create");
        }

        /// <summary>Change what is at a node by the members of a document that are set; the others stay.</summary>
        internal void Change(Node node, Document document)
        {
            Send(node.Place.Server, Known(node).Operation("change"), document);
        }

        /// <summary>A document that names what is at a node and says nothing else about it yet.</summary>
        /// <param name="seen">Whether what it shall say follows from what was seen there.</param>
        internal static Document Editable(Node node, bool seen = false)
        {
            Known(node);
            Document document = node.Document.Layout.New();
            document.Held[0] = node.Document.Held[0];
            if (seen)
            {
                int version = node.Document.Layout.Version;
                document.Held[version] = node.Document.Held[version];
            }
            document.Origin = node.Place.Server;
            return document;
        }

        /// <summary>Put a definition into another folder or under another name of the same server.</summary>
        internal void Move(Node node, Place to)
        {
            TreeKind kind = Known(node);
            Document document = Editable(node);
            Aim(document, kind, to);
            Send(node.Place.Server, kind.Operation("change"), document);
        }

        /// <summary>Copy a definition, on the same server or to another one; a folder with what is in it if asked.</summary>
        internal Node Copy(Node node, Place to, bool recurse, bool replace)
        {
            TreeKind kind = Known(node);
            to = to.Of(kind);
            if (node.Place.Holds(to) && (kind.Container || to.Segments.Length == node.Place.Segments.Length))
            {
                throw Within(node.Place, to);
            }
            Node there = reader.Find(to);
            Document copy = node.Document.Copy();
            string role = there != null && replace ? "change" : "create";
            Node made = there != null && kind.Container && replace ? there : Put(copy, kind, to, role);
            if (kind.Container && recurse)
            {
                foreach (Node child in new List<Node>(reader.Children(node, null, false)))
                {
                    Copy(child, to.Child(child.Place.Leaf), true, replace);
                }
            }
            return made;
        }

        /// <summary>Delete a definition; a folder with all that is in it if asked, last what others of it name.</summary>
        internal void Delete(Node node, bool recurse)
        {
            List<Node> waiting = new List<Node>();
            InmostFirst(node, recurse, waiting);
            while (waiting.Count > 0)
            {
                List<Node> refused = new List<Node>();
                JAMSException first = null;
                foreach (Node each in waiting)
                {
                    try
                    {
                        DeleteOne(each);
                    }
                    catch (JAMSException error)
                    {
                        if (error.Code != "InUse" && error.Code != "FolderNotEmpty")
                        {
                            throw;
                        }
                        first = first ?? error;
                        refused.Add(each);
                    }
                }
                if (refused.Count == waiting.Count)
                {
                    throw first;
                }
                waiting = refused;
            }
        }

        private void InmostFirst(Node node, bool recurse, List<Node> found)
        {
            if (recurse && Known(node).Container)
            {
                List<Node> children = new List<Node>(reader.Children(node, null, false));
                children.Reverse();
                foreach (Node child in children)
                {
                    InmostFirst(child, true, found);
                }
            }
            found.Add(node);
        }

        private void DeleteOne(Node node)
        {
            Dictionary<string, object> key = new Dictionary<string, object>();
            key["name"] = node.Place.Path;
            new Caller(node.Place.Server, stopping).Call(Known(node).Operation("delete"), key);
            DriveCache.Clear();
        }

        private Node Put(Document document, TreeKind kind, Place place, string role)
        {
            Aim(document, kind, place);
            Send(place.Server, kind.Operation(role), document);
            return reader.Get(place.Of(kind));
        }

        /// <summary>The error for what would overwrite itself, or come to lie within itself, told as for files.</summary>
        private static JAMSException Within(Place place, Place to)
        {
            bool itself = place.Segments.Length == to.Segments.Length;
            return JAMSException.Local(
                "Conflict",
                itself ? "Cannot overwrite the item " + place.Path + " with itself."
                    : "Destination path cannot be a subdirectory of the source: " + to.Path + ".",
                itself ? place.Path : to.Path);
        }

        private static void Aim(Document document, TreeKind kind, Place place)
        {
            document.Assign(kind.Text("name"), place.Leaf);
            document.Assign(kind.Text("parent"), place.Parent.Path);
        }

        private void Send(Server server, Operation operation, Document document)
        {
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            inputs[operation.Text("document")] = document;
            new Caller(server, stopping).Call(operation, inputs);
            DriveCache.Clear();
        }

        private static TreeKind Known(Node node)
        {
            if (node.Kind == null || node.Place.Segments.Length == 0)
            {
                throw JAMSException.Local(
                    "VerbNotAllowed", node.Place.Path + " cannot be changed from the drive.", node.Place.Path);
            }
            return node.Kind;
        }
    }
}
