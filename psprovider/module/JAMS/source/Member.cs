namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Globalization;
    using System.Management.Automation;
    using System.Net;
    using System.Security;

    /// <summary>One member of a document, or one input of an operation: its names and its type.</summary>
    internal sealed class Member
    {
        private static readonly char[] Space = { ' ' };

        internal readonly string Wire;
        internal readonly string Name;
        internal readonly string Kind;
        internal readonly bool Many;
        internal readonly bool ReadOnly;
        internal readonly bool IsVersion;
        internal readonly bool IsSecret;
        internal readonly object Default;
        internal readonly string Clears;
        internal readonly string[] Choices = new string[0];

        /// <summary>From a line such as <c>jobID JobID integer read</c>.</summary>
        /// <remarks>
        /// After the wire name, the name and the kind come <c>many</c>, <c>read</c>, <c>version</c>, <c>secret</c>,
        /// <c>=default</c>, <c>clears:member</c> and <c>one|of|these</c>. A kind in capitals is the name of a document.
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
                else if (word == "version") { IsVersion = true; }
                else if (word == "secret") { IsSecret = true; }
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
            if (Kind == "day")
            {
                return Times.DayFromWire((string)plain);
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
            SecureString hidden = value as SecureString;
            if (hidden != null)
            {
                return Revealed(hidden);
            }
            if (Kind == "map" && value is IDictionary)
            {
                return Written((IDictionary)value);
            }
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
                case "day": return Day(value, text);
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

        /// <summary>Values that are kept as texts: a time as it was written, where nothing says that a point in time is meant.</summary>
        private static Hashtable Written(IDictionary values)
        {
            Hashtable found = new Hashtable();
            foreach (DictionaryEntry entry in values)
            {
                PSObject wrapped = entry.Value as PSObject;
                object value = wrapped == null ? entry.Value : wrapped.BaseObject;
                found[entry.Key] = value is DateTime ? Times.Written((DateTime)value) : entry.Value;
            }
            return found;
        }

        /// <summary>The text of a secret, where one is meant; anywhere else it could be read. Raises JAMSException.</summary>
        private string Revealed(SecureString hidden)
        {
            if (!IsSecret)
            {
                throw JAMSException.Local("InvalidArgument", Name + " is no secret, and takes no SecureString.");
            }
            return new NetworkCredential("", hidden).Password;
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
            if (Times.TryMeant(text, out time)
                || DateTime.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.None, out time))
            {
                return time;
            }
            throw Wrong(text, "a time");
        }

        private object Day(object value, string text)
        {
            DateTime day;
            if (value is DateTime)
            {
                return Times.DayToWire((DateTime)value);
            }
            if (Times.TryDay(text, out day))
            {
                return Times.DayToWire(day);
            }
            throw Wrong(text, "a day");
        }

        private JAMSException Wrong(string text, string wanted)
        {
            return JAMSException.Local("InvalidArgument", "'" + text + "' is not " + wanted + " for " + Name + ".");
        }
    }
}
