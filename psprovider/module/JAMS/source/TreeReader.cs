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
            string kind = place.Kind == null ? "" : place.Kind.Name;
            return Noted(place)
                ?? DriveCache.Get(place.Server, "at " + place.Path + "<" + kind, delegate { return Read(place); });
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
            HashSet<string> taken = Taken(parent.Place);
            List<Node> found = new List<Node>();
            foreach (TreeKind kind in TreeKind.All)
            {
                foreach (object item in List(parent.Place, kind, false, only != null && kind != only))
                {
                    found.Add(NodeOf(parent.Place, kind, item, taken));
                }
                if (kind == only)
                {
                    break;
                }
            }
            Note(parent.Place, found);
            foreach (Node node in found)
            {
                if (only == null || node.Kind == only)
                {
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
                Dictionary<string, List<KeyValuePair<TreeKind, object>>> byFolder =
                    new Dictionary<string, List<KeyValuePair<TreeKind, object>>>(StringComparer.OrdinalIgnoreCase);
                foreach (TreeKind kind in TreeKind.All)
                {
                    if (kind.Text("recurse") != null && only != TreeKind.Folder)
                    {
                        Gather(parent.Place, kind, byFolder, only != null && only != kind);
                    }
                    if (kind == only)
                    {
                        break;
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

        /// <summary>Remember what lies in a folder, by name: PowerShell asks for each item next.</summary>
        private static void Note(Place folder, IEnumerable<Node> found)
        {
            Dictionary<string, Node> names = new Dictionary<string, Node>(StringComparer.OrdinalIgnoreCase);
            foreach (Node node in found)
            {
                names[node.Place.MarkedLeaf] = node;
                names[node.Place.Of(node.Kind).MarkedLeaf] = node;
            }
            DriveCache.Keep(folder.Server, "names of " + folder.Path, names);
        }

        /// <summary>What is at a place, if its folder was listed a moment ago and held it then; else null.</summary>
        private static Node Noted(Place place)
        {
            Dictionary<string, Node> names = place.Segments.Length == 0
                ? null : DriveCache.Kept<Dictionary<string, Node>>(place.Server, "names of " + place.Parent.Path);
            Node found;
            return names != null && names.TryGetValue(place.MarkedLeaf, out found)
                ? new Node(place, found.Item, found.Kind, found.Container) : null;
        }

        /// <summary>The names that mean something else in a folder: at the root, the containers.</summary>
        private static HashSet<string> Taken(Place folder)
        {
            HashSet<string> taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (Node container in folder.Segments.Length == 0 ? Containers(folder) : new Node[0])
            {
                taken.Add(container.Place.Leaf);
            }
            return taken;
        }

        /// <summary>A definition in its folder; its path tells the kind if the name is taken, as it then is.</summary>
        private static Node NodeOf(Place folder, TreeKind kind, object item, HashSet<string> taken)
        {
            string name = Values.Text(Values.Property(item, kind.Text("name")));
            return new Node(folder.Child(name, taken.Add(name) ? null : kind), item, kind, kind.Container);
        }

        private IEnumerable<Node> InFolder(
            Place place, TreeKind only, Dictionary<string, List<KeyValuePair<TreeKind, object>>> byFolder, uint depth)
        {
            HashSet<string> taken = Taken(place);
            List<Node> folders = List(place, TreeKind.Folder, false, only != null && !only.Container).ConvertAll(
                delegate(object item) { return NodeOf(place, TreeKind.Folder, item, taken); });
            List<Node> found = new List<Node>(folders);
            List<KeyValuePair<TreeKind, object>> here;
            if (byFolder.TryGetValue(place.Path, out here))
            {
                found.AddRange(here.ConvertAll(delegate(KeyValuePair<TreeKind, object> each)
                {
                    return NodeOf(place, each.Key, each.Value, taken);
                }));
            }
            Note(place, found);
            foreach (Node node in found)
            {
                if (only == null || only == node.Kind)
                {
                    yield return node;
                }
            }
            foreach (Node folder in depth == 0 ? new List<Node>() : folders)
            {
                foreach (Node node in InFolder(folder.Place.Of(null), only, byFolder, depth - 1))
                {
                    yield return node;
                }
            }
        }

        private void Gather(
            Place root, TreeKind kind, Dictionary<string, List<KeyValuePair<TreeKind, object>>> byFolder, bool aside)
        {
            foreach (object item in List(root, kind, true, aside))
            {
                string folder = Values.Text(Values.Property(item, kind.Text("parent")));
                List<KeyValuePair<TreeKind, object>> items;
                if (!byFolder.TryGetValue(folder, out items))
                {
                    byFolder[folder] = items = new List<KeyValuePair<TreeKind, object>>();
                }
                items.Add(new KeyValuePair<TreeKind, object>(kind, item));
            }
        }

        /// <param name="folder">The folder.</param>
        /// <param name="kind">What is listed.</param>
        /// <param name="recurse">Whether to look below as well.</param>
        /// <param name="aside">Whether only the names matter, so that nobody needs to hear of a refusal.</param>
        private List<object> List(Place folder, TreeKind kind, bool recurse, bool aside)
        {
            string key = "in " + folder.Path + " " + kind.Name + (recurse ? " and below" : "");
            return Listed(folder, key, aside, delegate
            {
                Dictionary<string, object> inputs = new Dictionary<string, object>();
                inputs[kind.Text("within")] = folder.Path;
                if (kind.Text("recurse") != null)
                {
                    inputs[kind.Text("recurse")] = recurse;
                }
                return new Caller(folder.Server, stopping).List(kind.Operation("list"), inputs).FindAll(kind.Shows);
            });
        }

        private List<object> Listed(Place place, string key, bool aside, Func<List<object>> read)
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
                if (!aside)
                {
                    refused(error, place.ToString());
                }
                return new List<object>();
            }
        }

        private Node Read(Place place)
        {
            Node container = place.Contained ? ReadContained(place) : null;
            if (container != null)
            {
                return container;
            }
            foreach (TreeKind kind in TreeKind.All)
            {
                if ((place.Segments.Length == 0 && !kind.Container) || (place.Kind != null && place.Kind != kind))
                {
                    continue;
                }
                Dictionary<string, object> key = new Dictionary<string, object>();
                key["name"] = place.Path;
                try
                {
                    object item = new Caller(place.Server, stopping).Call(kind.Operation("get"), key);
                    if (place.Kind != null || kind.Shows(item))
                    {
                        return new Node(place, item, kind, kind.Container);
                    }
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
                if (string.Equals(each.Place.Leaf, place.Leaf, StringComparison.OrdinalIgnoreCase)
                    || each.Place.Leaf.StartsWith(place.Leaf + "<", StringComparison.OrdinalIgnoreCase))
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
            List<object> items = Listed(place, "in container " + of.Name, false, delegate
            {
                return new Caller(place.Server, stopping).List(lister, new Dictionary<string, object>());
            });
            Converter<object, string> nameOf = delegate(object item)
            {
                return Values.Text(Values.Property(item, container.Text("member")));
            };
            Dictionary<string, int> borne = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            foreach (string name in items.ConvertAll(nameOf))
            {
                int before;
                borne[name] = borne.TryGetValue(name, out before) ? before + 1 : 1;
            }
            foreach (object item in items)
            {
                string name = nameOf(item);
                string number = borne[name] == 1 || container.Text("number") == null
                    ? "" : "<" + Values.Text(Values.Property(item, container.Text("number"))) + ">";
                yield return new Node(place.Child(name + number), item, null, false);
            }
        }
    }
}
