namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Globalization;

    /// <summary>One member of a document, or one input of an operation: its names and its type.</summary>
    internal sealed class Member
    {
        private static readonly char[] Space = { ' ' };

        internal readonly string Wire;
        internal readonly string Name;
        internal readonly string Kind;
        internal readonly bool Many;
        internal readonly bool ReadOnly;
        internal readonly object Default;
        internal readonly string Clears;
        internal readonly string[] Choices = new string[0];

        /// <summary>From a line such as <c>jobID JobID integer read</c>.</summary>
        /// <remarks>
        /// After the wire name, the name and the kind come <c>many</c>, <c>read</c>, <c>=default</c>,
        /// <c>clears:member</c> and <c>one|of|these</c>. A kind in capitals is the name of a document.
        /// </remarks>
        internal Member(string line)
        {
            string[] words = line.Split(Space);
            Wire = words[0];
            Name = words[1];
            Kind = words[2];
            for (int i = 3; i < words.Length; i++)
            {
                string word = words[i];
                if (word == "many") { Many = true; }
                else if (word == "read") { ReadOnly = true; }
                else if (word[0] == '=') { Default = One(word.Substring(1)); }
                else if (word.StartsWith("clears:", StringComparison.Ordinal)) { Clears = word.Substring(7); }
                else { Choices = word.Split('|'); }
            }
        }

        /// <summary>The value as a request carries it. Raises JAMSException.</summary>
        internal object ToWire(object value)
        {
            if (!Many)
            {
                return One(value);
            }
            List<object> found = new List<object>();
            foreach (object item in Values.List(value))
            {
                found.Add(One(item));
            }
            return found;
        }

        /// <summary>
        /// The next value of a text as a document holds it. Parts are only taken out of the text: most are never
        /// looked at, and then they need not be read.
        /// </summary>
        internal object Take(JsonReader reader)
        {
            char next = reader.Peek();
            if ((next != '{' && next != '[') || !char.IsUpper(Kind[0]))
            {
                return Read(reader);
            }
            string raw = reader.Raw();
            return raw.Length == 2 ? null : new Unread(raw);
        }

        /// <summary>The next value of a text.</summary>
        internal object Read(JsonReader reader)
        {
            if (reader.Peek() == 'n')
            {
                return reader.Value();
            }
            if (!char.IsUpper(Kind[0]))
            {
                object plain = reader.Value();
                return Many ? (object)((IList)plain) : FromWire(plain);
            }
            Shape shape = Shapes.Get(Kind);
            if (!Many)
            {
                return shape.Read(reader);
            }
            IList items = shape.NewList();
            shape.ReadMany(reader, items.Add);
            return items;
        }

        private object FromWire(object plain)
        {
            if (Kind == "time")
            {
                return Shape.Moment((string)plain);
            }
            return Kind == "number" && plain != null ? Convert.ToDouble(plain, CultureInfo.InvariantCulture) : plain;
        }

        private object One(object value)
        {
            if (value != null && char.IsUpper(Kind[0]))
            {
                return Shapes.Get(Kind).ToWire(value);
            }
            value = Values.Plain(value);
            if (value == null || Kind == "any" || Kind == "map")
            {
                return value;
            }
            string text = Values.Text(value).Trim();
            switch (Kind)
            {
                case "integer": return Integer(text);
                case "number": return Number(text);
                case "boolean": return Boolean(value, text);
                case "time": return value is DateTime ? value : Moment(text);
            }
            foreach (string choice in Choices)
            {
                if (string.Equals(choice, text, StringComparison.OrdinalIgnoreCase))
                {
                    return choice;
                }
            }
            return Values.Text(value);
        }

        private object Integer(string text)
        {
            long number;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            {
                return number;
            }
            throw Wrong(text, "a whole number");
        }

        private object Number(string text)
        {
            double number;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            {
                return number;
            }
            throw Wrong(text, "a number");
        }

        private object Boolean(object value, string text)
        {
            bool truth;
            if (value is bool)
            {
                return value;
            }
            if (bool.TryParse(text, out truth))
            {
                return truth;
            }
            if (text == "0" || text == "1")
            {
                return text == "1";
            }
            throw Wrong(text, "$true or $false");
        }

        private object Moment(string text)
        {
            DateTime time;
            if (DateTime.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.None, out time))
            {
                return time;
            }
            throw Wrong(text, "a time");
        }

        private JAMSException Wrong(string text, string wanted)
        {
            return JAMSException.Local("InvalidArgument", "'" + text + "' is not " + wanted + " for " + Name + ".");
        }
    }

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

        /// <summary>A document, dictionary or object as a request carries it. Raises JAMSException.</summary>
        internal Dictionary<string, object> ToWire(object value)
        {
            System.Management.Automation.PSObject wrapped = value as System.Management.Automation.PSObject;
            Document document = (wrapped == null ? value : wrapped.BaseObject) as Document;
            if (document != null)
            {
                return document.ToWire();
            }
            object bare = wrapped == null ? value : wrapped.BaseObject;
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
