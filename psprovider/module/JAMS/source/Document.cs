namespace MVPSI.JAMS
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using MVPSI.JAMS.Module;

    /// <summary>What travels as a whole: a job, an entry, a parameter of either.</summary>
    public abstract class Document
    {
        private object[] held;
        private object[] before;
        private readonly HashSet<int> emptied = new HashSet<int>();

        internal abstract Shape Layout { get; }

        /// <summary>Whether it is there only because somebody looked: then it is not sent while it is empty.</summary>
        internal bool Implied { get; set; }

        private bool IsEmpty
        {
            get
            {
                return Array.TrueForAll(Held, delegate(object value)
                {
                    IList items = value as IList;
                    return value == null || (items != null && items.Count == 0);
                });
            }
        }

        /// <summary>The server it came from, or null for one that was made here.</summary>
        internal Server Origin { get; set; }

        /// <summary>The values of the members, in the order of the layout.</summary>
        internal object[] Held
        {
            get { return held ?? (held = new object[Layout.Members.Length]); }
        }

        /// <summary>The value of a member, read now if it was not before.</summary>
        internal object Value(int index)
        {
            Unread unread = Held[index] as Unread;
            if (unread != null)
            {
                Held[index] = Layout.Members[index].Read(new JsonReader(unread.Text));
            }
            return Held[index];
        }

        /// <summary>Keep what is there, so that CancelEdit can bring it back.</summary>
        public void BeginEdit()
        {
            before = (object[])Held.Clone();
        }

        /// <summary>Keep the changes made since BeginEdit; Update sends them.</summary>
        public void EndEdit()
        {
            before = null;
        }

        /// <summary>Drop the changes made since BeginEdit.</summary>
        public void CancelEdit()
        {
            if (before != null)
            {
                held = before;
                before = null;
                emptied.RemoveWhere(delegate(int index) { return Held[index] != null; });
            }
        }

        /// <summary>What it is called: its path, its name or its number.</summary>
        public override string ToString()
        {
            return Layout.Title(this);
        }

        /// <summary>The members that are set, as a request carries them; those the server alone writes are left out.</summary>
        /// <param name="nulls">Whether those are told as well that somebody has taken the value of.</param>
        internal Dictionary<string, object> ToWire(bool nulls = false)
        {
            Dictionary<string, object> found = new Dictionary<string, object>();
            Member[] members = Layout.Members;
            for (int i = 0; i < members.Length; i++)
            {
                if (members[i].ReadOnly || (Value(i) == null && !(nulls && emptied.Contains(i))))
                {
                    continue;
                }
                Document part = Held[i] as Document;
                if (part == null || !part.Implied || !part.IsEmpty)
                {
                    found[members[i].Wire] = members[i].ToWire(Held[i]);
                }
            }
            return found;
        }

        /// <summary>Give a member, by any of its names, another value. Raises JAMSException.</summary>
        internal void Assign(string name, object value)
        {
            int index = Layout.Index(name);
            if (index < 0)
            {
                throw JAMSException.Local("InvalidArgument", "A " + Layout.Name + " has no member " + name + ".");
            }
            Member member = Layout.Members[index];
            if (member.ReadOnly)
            {
                throw JAMSException.Local("InvalidArgument", "Only the server can set " + member.Name + ".");
            }
            object wire = member.ToWire(value);
            Set(index, wire == null ? null : member.Read(new JsonReader(JsonWriter.Write(wire))));
        }

        /// <summary>Take over the members of another document of the same kind.</summary>
        internal void Become(Document other)
        {
            held = other.Held;
            Origin = other.Origin;
            before = null;
            emptied.Clear();
        }

        /// <summary>A copy, without the numbers that hold on the original's server only.</summary>
        internal Document Copy()
        {
            Document copy = Layout.Read(new JsonReader(JsonWriter.Write(ToWire())));
            copy.Held[0] = null;
            if (Layout.Version >= 0)
            {
                copy.Held[Layout.Version] = null;
            }
            for (int i = 0; i < Layout.Members.Length; i++)
            {
                string number = Layout.Members[i].Clears;
                if (number != null && copy.Held[i] != null)
                {
                    copy.Held[Layout.Index(number)] = null;
                }
            }
            return copy;
        }

        /// <summary>The value of a member.</summary>
        protected object Get(int index)
        {
            return Value(index) ?? Layout.Members[index].Default;
        }

        /// <summary>
        /// Give a member another value. Where it names something whose number is there too, the number no
        /// longer holds.
        /// </summary>
        protected void Set(int index, object value)
        {
            Held[index] = value;
            if (value == null)
            {
                emptied.Add(index);
            }
            else
            {
                emptied.Remove(index);
            }
            string clears = Layout.Members[index].Clears;
            if (clears != null)
            {
                Held[Layout.Index(clears)] = null;
            }
        }

        /// <summary>The part that a member holds; where there is none, an empty one to be filled.</summary>
        protected T Part<T>(int index)
            where T : Document, new()
        {
            if (Value(index) == null)
            {
                T made = new T();
                made.Implied = true;
                Held[index] = made;
            }
            return (T)Held[index];
        }

        /// <summary>The list that a member holds; it can be added to.</summary>
        protected List<T> Items<T>(int index)
        {
            List<T> items = Value(index) as List<T>;
            if (items == null)
            {
                items = new List<T>();
                foreach (object item in Values.List(Held[index]))
                {
                    items.Add((T)item);
                }
                Held[index] = items;
            }
            return items;
        }

        /// <summary>The properties that a member holds.</summary>
        protected PropertyBag Bag(int index)
        {
            PropertyBag bag = Value(index) as PropertyBag;
            if (bag == null)
            {
                bag = new PropertyBag();
                foreach (object item in Values.List(Held[index]))
                {
                    bag.Add((PropertyValue)item);
                }
                Held[index] = bag;
            }
            return bag;
        }
    }
}
