namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Globalization;
    using System.Text;

    /// <summary>Writes JSON.</summary>
    internal static class JsonWriter
    {
        /// <summary>Null, bool, numbers, text, times, dictionaries and sequences as JSON.</summary>
        internal static string Write(object value)
        {
            StringBuilder built = new StringBuilder();
            Write(built, value);
            return built.ToString();
        }

        private static void Write(StringBuilder built, object value)
        {
            IDictionary members = value as IDictionary;
            IEnumerable items = value as IEnumerable;
            if (value == null)
            {
                built.Append("null");
            }
            else if (value is string)
            {
                Text(built, (string)value);
            }
            else if (value is bool)
            {
                built.Append((bool)value ? "true" : "false");
            }
            else if (value is DateTime)
            {
                Text(built, Values.Time((DateTime)value));
            }
            else if (members != null)
            {
                Members(built, members);
            }
            else if (items != null)
            {
                Items(built, items);
            }
            else
            {
                Number(built, value);
            }
        }

        private static void Number(StringBuilder built, object value)
        {
            IFormattable number = value as IFormattable;
            if (value is double)
            {
                built.Append(((double)value).ToString("R", CultureInfo.InvariantCulture));
            }
            else if (number != null && value.GetType().IsPrimitive || value is decimal || IsBig(value))
            {
                built.Append(number.ToString(null, CultureInfo.InvariantCulture));
            }
            else
            {
                Text(built, Values.Text(value));
            }
        }

        /// <summary>
        /// Whether it is a whole number of any size, as ConvertFrom-Json makes of every one since PowerShell 7.6. Its
        /// type is told by its name, for Windows PowerShell compiles without the assembly that has it.
        /// </summary>
        private static bool IsBig(object value)
        {
            return value.GetType().FullName == "System.Numerics.BigInteger";
        }

        private static void Members(StringBuilder built, IDictionary members)
        {
            char before = '{';
            foreach (DictionaryEntry member in members)
            {
                built.Append(before);
                Text(built, Values.Text(member.Key));
                built.Append(':');
                Write(built, Values.Plain(member.Value));
                before = ',';
            }
            built.Append(before == '{' ? "{}" : "}");
        }

        private static void Items(StringBuilder built, IEnumerable items)
        {
            char before = '[';
            foreach (object item in items)
            {
                built.Append(before);
                Write(built, Values.Plain(item));
                before = ',';
            }
            built.Append(before == '[' ? "[]" : "]");
        }

        private static void Text(StringBuilder built, string text)
        {
            built.Append('"');
            foreach (char letter in Values.Whole(text))
            {
                if (letter == '"' || letter == '\\')
                {
                    built.Append('\\').Append(letter);
                }
                else if (letter < ' ')
                {
                    built.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                }
                else
                {
                    built.Append(letter);
                }
            }
            built.Append('"');
        }
    }
}
