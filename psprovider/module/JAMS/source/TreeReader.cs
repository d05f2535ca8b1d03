namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;

    /// <summary>Reads what lies on a drive.</summary>
    internal sealed class TreeReader
    {
        private readonly Func<bool> stopping;
        private readonly Action<JAMSException, string> refused;

        /// <param name="stopping">Whether to stop.</param>
        /// <param name="refused">
        /// Told of what the caller may not list, or a server of another version does not have; the rest is shown.
        /// </param>
        internal TreeReader(Func<bool> stopping, Action<JAMSException, string> refused)
        {
            this.stopping = stopping;
            this.refused = refused;
        }

        /// <summary>What is at a place; null if nothing is. Raises JAMSException.</summary>
        internal Node Find(Place place)
        {
            if (place.ServerName == "")
            {
                return null;
            }
            return DriveCache.Get(place.Server, "at " + place.Path, delegate { return Read(place); });
        }

        /// <summary>What is at a place. Raises JAMSException if nothing is.</summary>
        internal Node Get(Place place)
        {
            Node found = Find(place);
            if (found == null)
            {
                throw JAMSException.Local("NotFound", "There is nothing at " + place.Path + ".", place.Path);
            }
            return found;
        }

        /// <summary>What lies directly in a folder or container; of one kind only, if one is given.</summary>
        internal IEnumerable<Node> Children(Node parent, TreeKind only, bool predefined)
        {
            PredefinedContainer container = parent.Item as PredefinedContainer;
            if (container != null)
            {
                foreach (Node node in Contained(parent.Place, container))
                {
                    yield return node;
                }
                yield break;
            }
            foreach (TreeKind kind in TreeKind.All)
            {
                if (only != null && kind != only)
                {
                    continue;
                }
                foreach (object item in List(parent.Place, kind, false))
                {
                    Place place = parent.Place.Child(NameOf(kind, item));
                    Node node = new Node(place, item, kind, kind.Container);
                    yield return node;
                }
            }
            if (predefined && only == null && parent.Place.Segments.Length == 0)
            {
                foreach (Node node in Containers(parent.Place))
                {
                    yield return node;
                }
            }
        }

        /// <summary>Everything below a folder, folder by folder; with two requests for all that lies in them.</summary>
        internal IEnumerable<Node> Below(Node parent, TreeKind only, bool predefined, uint depth)
        {
            if (!(parent.Item is PredefinedContainer))
            {
                Dictionary<string, List<Node>> byFolder = new Dictionary<string, List<Node>>(StringComparer.OrdinalIgnoreCase);
                foreach (TreeKind kind in TreeKind.All)
                {
                    if (kind.Text("recurse") != null && (only == null || only == kind))
                    {
                        Gather(parent.Place, kind, byFolder);
                    }
                }
                foreach (Node node in InFolder(parent.Place, only, byFolder, depth))
                {
                    yield return node;
                }
            }
            if (parent.Item is PredefinedContainer)
            {
                foreach (Node node in Children(parent, null, false))
                {
                    yield return node;
                }
            }
            else if (predefined && only == null && parent.Place.Segments.Length == 0)
            {
                foreach (Node container in Containers(parent.Place))
                {
                    yield return container;
                    foreach (Node node in depth == 0 ? new Node[0] : Children(container, null, false))
                    {
                        yield return node;
                    }
                }
            }
        }

        /// <summary>The name of a definition in its folder.</summary>
        internal static string NameOf(TreeKind kind, object item)
        {
            return Values.Text(Values.Property(item, kind.Text("name")));
        }

        private IEnumerable<Node> InFolder(
            Place place, TreeKind only, Dictionary<string, List<Node>> byFolder, uint depth)
        {
            List<Node> folders = new List<Node>();
            if (only == null || only.Container || depth > 0)
            {
                foreach (object item in List(place, TreeKind.Folder, false))
                {
                    folders.Add(new Node(place.Child(NameOf(TreeKind.Folder, item)), item, TreeKind.Folder, true));
                }
            }
            List<Node> here = new List<Node>();
            if (only == null || only.Container)
            {
                here.AddRange(folders);
            }
            List<Node> kept;
            if (byFolder.TryGetValue(place.Path, out kept))
            {
                here.AddRange(kept);
            }
            foreach (Node node in here)
            {
                yield return node;
            }
            foreach (Node folder in depth == 0 ? new List<Node>() : folders)
            {
                foreach (Node node in InFolder(folder.Place, only, byFolder, depth - 1))
                {
                    yield return node;
                }
            }
        }

        private void Gather(Place root, TreeKind kind, Dictionary<string, List<Node>> byFolder)
        {
            foreach (object item in List(root, kind, true))
            {
                string folder = Values.Text(Values.Property(item, kind.Text("parent")));
                List<Node> nodes;
                if (!byFolder.TryGetValue(folder, out nodes))
                {
                    byFolder[folder] = nodes = new List<Node>();
                }
                Place place = root.At(folder).Child(NameOf(kind, item));
                nodes.Add(new Node(place, item, kind, kind.Container));
            }
        }

        private List<object> List(Place folder, TreeKind kind, bool recurse)
        {
            string key = "in " + folder.Path + " " + kind.Name + (recurse ? " and below" : "");
            return Listed(folder, key, delegate
            {
                Dictionary<string, object> inputs = new Dictionary<string, object>();
                inputs[kind.Text("within")] = folder.Path;
                if (kind.Text("recurse") != null)
                {
                    inputs[kind.Text("recurse")] = recurse;
                }
                return new Caller(folder.Server, stopping).List(kind.Operation("list"), inputs);
            });
        }

        private List<object> Listed(Place place, string key, Func<List<object>> read)
        {
            try
            {
                return DriveCache.Get(place.Server, key, read);
            }
            catch (JAMSException error)
            {
                if (error.Kind != "Denied" && error.Kind != "NotFound")
                {
                    throw;
                }
                refused(error, place.ToString());
                return new List<object>();
            }
        }

        private Node Read(Place place)
        {
            Node container = place.Segments.Length == 0 ? null : ReadContained(place);
            if (container != null)
            {
                return container;
            }
            foreach (TreeKind kind in TreeKind.All)
            {
                if (place.Segments.Length == 0 && !kind.Container)
                {
                    continue;
                }
                Dictionary<string, object> key = new Dictionary<string, object>();
                key["name"] = place.Path;
                try
                {
                    object item = new Caller(place.Server, stopping).Call(kind.Operation("get"), key);
                    return new Node(place, item, kind, kind.Container);
                }
                catch (JAMSException error)
                {
                    if (error.Kind != "NotFound" && error.Kind != "Invalid")
                    {
                        throw;
                    }
                }
            }
            return null;
        }

        private Node ReadContained(Place place)
        {
            Described container = Container(place.Segments[0]);
            if (container == null || place.Segments.Length > 2)
            {
                return null;
            }
            Place own = place.At("").Child(container.Text("name"));
            Node node = new Node(own, new PredefinedContainer(container.Text("name")), null, true);
            if (place.Segments.Length == 1)
            {
                return node;
            }
            foreach (Node each in Contained(own, (PredefinedContainer)node.Item))
            {
                if (string.Equals(each.Place.Leaf, place.Leaf, StringComparison.OrdinalIgnoreCase))
                {
                    return each;
                }
            }
            return null;
        }

        private static Described Container(string name)
        {
            return Catalogue.Content.Parts("containers").Find(delegate(Described container)
            {
                return string.Equals(container.Text("name"), name, StringComparison.OrdinalIgnoreCase);
            });
        }

        private static IEnumerable<Node> Containers(Place root)
        {
            foreach (Described container in Catalogue.Content.Parts("containers"))
            {
                string name = container.Text("name");
                yield return new Node(root.Child(name), new PredefinedContainer(name), null, true);
            }
        }

        private IEnumerable<Node> Contained(Place place, PredefinedContainer of)
        {
            Described container = Container(of.Name);
            Operation lister = Catalogue.Operation(container.Text("list"));
            List<object> items = Listed(place, "in container " + of.Name, delegate
            {
                return new Caller(place.Server, stopping).List(lister, new Dictionary<string, object>());
            });
            foreach (object item in items)
            {
                string name = Values.Text(Values.Property(item, container.Text("member")));
                yield return new Node(place.Child(name), item, null, false);
            }
        }
    }
}
