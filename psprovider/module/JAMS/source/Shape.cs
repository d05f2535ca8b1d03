namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Globalization;

    /// <summary>A part of a document that nobody has looked at yet, as the server wrote it.</summary>
    internal sealed class Unread
    {
        internal readonly string Text;

        internal Unread(string text)
        {
            Text = text;
        }
    }

    /// <summary>The members of one kind of document, and how it is made, read and written.</summary>
    internal sealed class Shape
    {
        internal readonly string Name;
        internal readonly Member[] Members;

        /// <summary>The place of the member that is the document's version, or -1.</summary>
        internal readonly int Version;
        private readonly Func<Document> make;
        private readonly Func<IList> makeList;
        private readonly Dictionary<string, int> byName = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        private readonly int[] titles;

        /// <param name="name">Name of the document.</param>
        /// <param name="make">Makes an empty one.</param>
        /// <param name="makeList">Makes a list of them.</param>
        /// <param name="titles">Names of the members that name a document, the best first.</param>
        /// <param name="members">The members, a line each.</param>
        internal Shape(string name, Func<Document> make, Func<IList> makeList, string[] titles, params string[] members)
        {
            Name = name;
            this.make = make;
            this.makeList = makeList;
            Members = Array.ConvertAll(members, delegate(string line) { return new Member(line); });
            for (int i = 0; i < Members.Length; i++)
            {
                byName[Members[i].Wire] = i;
                byName[Members[i].Name] = i;
            }
            this.titles = Array.ConvertAll(titles, Index);
            Version = Array.FindIndex(Members, delegate(Member member) { return member.IsVersion; });
        }

        /// <summary>The place of a member, by its name in any case and on any door, or -1.</summary>
        internal int Index(string name)
        {
            int found;
            return byName.TryGetValue(name, out found) ? found : -1;
        }

        /// <summary>The place of the member that a further name of PowerShell's stands for, or -1.</summary>
        internal int Aliased(string name)
        {
            System.Management.Automation.PSAliasProperty alias =
                System.Management.Automation.PSObject.AsPSObject(New()).Properties[name]
                as System.Management.Automation.PSAliasProperty;
            return alias == null ? -1 : Index(alias.ReferencedMemberName);
        }

        /// <summary>Whether a member names the document.</summary>
        internal bool IsTitle(int index)
        {
            return Array.IndexOf(titles, index) >= 0;
        }

        internal Document New()
        {
            return make();
        }

        internal IList NewList()
        {
            return makeList();
        }

        /// <summary>What a document is called.</summary>
        internal string Title(Document document)
        {
            foreach (int index in titles)
            {
                object title = document.Value(index);
                if (title != null)
                {
                    return Values.Text(title);
                }
            }
            return Name;
        }

        /// <summary>The next object of a text as a document; members that are not known are passed over.</summary>
        internal Document Read(JsonReader reader)
        {
            Document document = make();
            if (reader.OpensEmpty('{', '}'))
            {
                return document;
            }
            do
            {
                int index;
                if (byName.TryGetValue(reader.MemberName(), out index))
                {
                    document.Held[index] = Members[index].Take(reader);
                }
                else
                {
                    reader.Value();
                }
            }
            while (reader.GoesOn('}'));
            return document;
        }

        /// <summary>The next array of a text as documents, each given to <paramref name="take"/> when it is read.</summary>
        internal void ReadMany(JsonReader reader, Func<object, int> take)
        {
            if (reader.OpensEmpty('[', ']'))
            {
                return;
            }
            do
            {
                take(Read(reader));
            }
            while (reader.GoesOn(']'));
        }

        /// <summary>A document of its own of what is given: a document, dictionary or object. Raises JAMSException.</summary>
        internal Document Made(object value)
        {
            Dictionary<string, object> wire = ToWire(value, true);
            Document made = Read(new JsonReader(JsonWriter.Write(wire)));
            foreach (KeyValuePair<string, object> member in wire)
            {
                if (member.Value == null)
                {
                    made.Assign(member.Key, null);
                }
            }
            return made;
        }

        /// <summary>A document, dictionary or object as a request carries it. Raises JAMSException.</summary>
        internal Dictionary<string, object> ToWire(object value, bool nulls = false)
        {
            System.Management.Automation.PSObject wrapped = value as System.Management.Automation.PSObject;
            Document document = (wrapped == null ? value : wrapped.BaseObject) as Document;
            if (document != null)
            {
                return document.ToWire(nulls);
            }
            object bare = wrapped == null ? value : wrapped.BaseObject;
            long seconds;
            if (Name == "Duration" && Times.TrySeconds(bare, out seconds))
            {
                return new Dictionary<string, object> { { "totalSeconds", seconds } };
            }
            if (bare is string || bare is ValueType)
            {
                throw JAMSException.Local(
                    "InvalidArgument", "A " + Name + " is wanted: an object of that type, or a hash table.");
            }
            Dictionary<string, object> found = new Dictionary<string, object>();
            foreach (KeyValuePair<string, object> member in Values.Members(value))
            {
                int index = Index(member.Key);
                int meant = index < 0 ? Aliased(member.Key) : index;
                if (meant < 0)
                {
                    if (IsShown(member.Key))
                    {
                        continue;
                    }
                    throw JAMSException.Local("InvalidArgument", "A " + Name + " has no member " + member.Key + ".");
                }
                string wire = Members[meant].Wire;
                if (!Members[meant].ReadOnly && (index >= 0 || !found.ContainsKey(wire)))
                {
                    found[wire] = Members[meant].ToWire(member.Value);
                }
            }
            return found;
        }

        /// <summary>Whether PowerShell adds a property by itself: it is no member, and nothing is wrong with it.</summary>
        private bool IsShown(string name)
        {
            return name.StartsWith("PS", StringComparison.Ordinal) || name == "RunspaceId"
                || System.Management.Automation.PSObject.AsPSObject(New()).Properties[name] != null;
        }

        /// <summary>A time as the server writes it, as UTC.</summary>
        internal static DateTime Moment(string text)
        {
            return DateTime.Parse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        }
    }
}
