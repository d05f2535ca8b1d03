namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Management.Automation;

    /// <summary>What changes items.</summary>
    public sealed partial class JamsProvider
    {
        /// <summary>Make a folder, job or variable.</summary>
        protected override void NewItem(string path, string itemTypeName, object newItemValue)
        {
            NewItemParameters given = DynamicParameters as NewItemParameters ?? new NewItemParameters();
            Guarded(path, delegate
            {
                if (string.IsNullOrEmpty(itemTypeName))
                {
                    itemTypeName = given.MethodName == null ? TreeKind.Folder.Name : "Job";
                }
                TreeKind kind = Kind(itemTypeName);
                if (ShouldProcess(path, "New " + kind.Name))
                {
                    Show(Made(Here(path), kind, NewMembers(kind, given, newItemValue)));
                }
            });
        }

        /// <summary>A new item; with -Force the folders above it too, and what is there already is changed to it.</summary>
        private Node Made(Place place, TreeKind kind, Dictionary<string, object> members)
        {
            if (Force && place.Segments.Length > 1 && Reader.Find(place.Parent) == null)
            {
                Made(place.Parent, TreeKind.Folder, new Dictionary<string, object>());
            }
            Node there = Force ? Reader.Find(place.Of(kind)) : null;
            if (there == null)
            {
                return Writer.Create(place, kind, members);
            }
            Document document = TreeWriter.Editable(there);
            foreach (KeyValuePair<string, object> member in members)
            {
                document.Assign(member.Key, member.Value);
            }
            if (members.Count > 0)
            {
                Writer.Change(there, document);
            }
            return Reader.Get(there.Place);
        }

        /// <summary>The further parameters of New-Item.</summary>
        protected override object NewItemDynamicParameters(string path, string itemTypeName, object newItemValue)
        {
            return new NewItemParameters();
        }

        /// <summary>Give an item another content (a text), or other members (a hash table or an object).</summary>
        protected override void SetItem(string path, object value)
        {
            Guarded(path, delegate
            {
                Node node = Changing(path);
                Document document = TreeWriter.Editable(node);
                object bare = value is PSObject ? ((PSObject)value).BaseObject : value;
                if (bare is string || bare is ValueType)
                {
                    document.Assign(ContentMember(node), bare);
                }
                else
                {
                    foreach (KeyValuePair<string, object> member in document.Layout.ToWire(value))
                    {
                        document.Assign(member.Key, member.Value);
                    }
                    IDictionary table = bare as IDictionary;
                    foreach (object name in table == null ? new object[0] : (IEnumerable)table.Keys)
                    {
                        InBag(node, document, new PSNoteProperty(Values.Text(name), table[name]));
                    }
                }
                if (ShouldProcess(path, "Set Item"))
                {
                    Writer.Change(node, document);
                    Show(Reader.Get(node.Place));
                }
            });
        }

        /// <summary>Delete an item; a folder with all that is in it, if asked.</summary>
        protected override void RemoveItem(string path, bool recurse)
        {
            Guarded(path, delegate
            {
                Node node = Changing(path);
                if (ShouldProcess(path, "Remove " + (node.Kind == null ? "Item" : node.Kind.Name)))
                {
                    Writer.Delete(node, recurse);
                }
            });
        }

        /// <summary>Give an item another name.</summary>
        protected override void RenameItem(string path, string newName)
        {
            Guarded(path, delegate
            {
                Node node = Changing(path);
                Place to = node.Place.Parent.Child(newName);
                if (ShouldProcess(path, "Rename to " + newName))
                {
                    Writer.Move(node, to);
                    Show(Reader.Get(to.Of(node.Kind)));
                }
            });
        }

        /// <summary>Put an item elsewhere, on the same server or on another one.</summary>
        protected override void MoveItem(string path, string destination)
        {
            Guarded(path, delegate
            {
                Node node = Changing(path);
                Place to = Target(node, destination);
                if (!ShouldProcess(path, "Move to " + to))
                {
                    return;
                }
                if (node.Place.Server == to.Server)
                {
                    Writer.Move(node, to);
                }
                else
                {
                    Writer.Copy(node, to, true, Force);
                    Writer.Delete(node, true);
                }
                Show(Reader.Get(to.Of(node.Kind)));
            });
        }

        /// <summary>Copy an item, on the same server or to another one; -Force replaces what is there.</summary>
        protected override void CopyItem(string path, string copyPath, bool recurse)
        {
            Guarded(path, delegate
            {
                Node node = Changing(path);
                Place to = Target(node, copyPath);
                if (ShouldProcess(path, "Copy to " + to))
                {
                    Show(Writer.Copy(node, to, recurse, Force));
                }
            });
        }

        private static Dictionary<string, object> NewMembers(TreeKind kind, NewItemParameters given, object value)
        {
            Dictionary<string, object> members = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
            string method = kind.Text("method");
            if (method != null)
            {
                members[method] = DefaultMethod;
            }
            object bare = value is PSObject ? ((PSObject)value).BaseObject : value;
            if (bare is string || bare is ValueType)
            {
                if (kind.Text("content") != null)
                {
                    members[kind.Text("content")] = bare;
                }
            }
            else if (value != null)
            {
                foreach (KeyValuePair<string, object> member in kind.Shape.ToWire(value))
                {
                    members[member.Key] = member.Value;
                }
            }
            if (method != null && given.MethodName != null)
            {
                members[method] = given.MethodName;
            }
            if (given.Description != null)
            {
                members["Description"] = given.Description;
            }
            return members;
        }

        /// <summary>What is at a path, to be changed. Raises JAMSException.</summary>
        private Node Changing(string path)
        {
            Node found = Reader.Get(Here(path));
            LastShown.Check(found);
            return found;
        }

        private static string ContentMember(Node node)
        {
            string member = node.Kind == null ? null : node.Kind.Text("content");
            if (member == null)
            {
                throw JAMSException.Local("VerbNotAllowed", node.Place.Path + " has no content.", node.Place.Path);
            }
            return member;
        }

        /// <summary>Where a copy goes: into a folder that is there, or under the new name that the path ends in.</summary>
        private Place Target(Node node, string destination)
        {
            Place to = Here(destination);
            Node there = Reader.Find(to);
            return there != null && there.Container ? there.Place.Child(node.Place.Leaf) : to;
        }
    }
}
