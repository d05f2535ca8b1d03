namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Globalization;
    using System.Management.Automation;

    /// <summary>Values as PowerShell users give them, turned into what a request carries.</summary>
    internal static class Values
    {
        /// <summary>The value without PowerShell's wrapping; an object made of notes becomes a dictionary.</summary>
        internal static object Plain(object value)
        {
            PSObject wrapped = value as PSObject;
            if (wrapped != null)
            {
                value = wrapped.BaseObject is PSCustomObject ? Notes(wrapped) : wrapped.BaseObject;
            }
            if (value is SwitchParameter)
            {
                return ((SwitchParameter)value).IsPresent;
            }
            Document document = value as Document;
            if (document != null)
            {
                return document.ToWire();
            }
            if (value is Guid || value is Uri || value is char || value is Enum || value is TimeSpan
                || value is TimeOfDay)
            {
                return value.ToString();
            }
            return value is DateTimeOffset ? ((DateTimeOffset)value).UtcDateTime : value;
        }

        /// <summary>The text itself. Half of a surrogate pair is refused: sent as UTF-8, it would become another character.</summary>
        internal static string Whole(string text)
        {
            for (int at = 0; at < text.Length; at++)
            {
                if (char.IsSurrogatePair(text, at))
                {
                    at++;
                }
                else if (char.IsSurrogate(text[at]))
                {
                    throw JAMSException.Local(
                        "InvalidArgument",
                        "A text holds U+" + ((int)text[at]).ToString("X4", CultureInfo.InvariantCulture)
                            + ", half of a character, which no text can.");
                }
            }
            return text;
        }

        /// <summary>The value as text, as a name or a query carries it.</summary>
        internal static string Text(object value)
        {
            value = value is Document ? value.ToString() : Plain(value);
            if (value == null)
            {
                return "";
            }
            if (value is bool)
            {
                return (bool)value ? "true" : "false";
            }
            if (value is DateTime)
            {
                return Time((DateTime)value);
            }
            IFormattable formattable = value as IFormattable;
            return formattable == null ? value.ToString() : formattable.ToString(null, CultureInfo.InvariantCulture);
        }

        /// <summary>A time in ISO 8601 with its offset; a time of no known zone is the caller's own.</summary>
        internal static string Time(DateTime time)
        {
            return time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        }

        /// <summary>One value or several as a list; null is none.</summary>
        internal static List<object> List(object value)
        {
            List<object> found = new List<object>();
            PSObject wrapped = value as PSObject;
            object bare = wrapped == null ? value : wrapped.BaseObject;
            IEnumerable several = bare is string || bare is IDictionary ? null : bare as IEnumerable;
            if (several != null)
            {
                foreach (object item in several)
                {
                    found.Add(item);
                }
            }
            else if (value != null)
            {
                found.Add(value);
            }
            return found;
        }

        /// <summary>The members of a dictionary or an object, by name.</summary>
        internal static IEnumerable<KeyValuePair<string, object>> Members(object value)
        {
            PSObject wrapped = value as PSObject;
            IDictionary dictionary = (wrapped == null ? value : wrapped.BaseObject) as IDictionary;
            if (dictionary != null)
            {
                foreach (DictionaryEntry entry in dictionary)
                {
                    yield return new KeyValuePair<string, object>(Text(entry.Key), entry.Value);
                }
                yield break;
            }
            foreach (PSPropertyInfo property in PSObject.AsPSObject(value).Properties)
            {
                if (property.MemberType == PSMemberTypes.NoteProperty || property.MemberType == PSMemberTypes.Property)
                {
                    yield return new KeyValuePair<string, object>(property.Name, property.Value);
                }
            }
        }

        /// <summary>A property of an object, in any case, or null.</summary>
        internal static object Property(object value, string name)
        {
            PSObject wrapped = PSObject.AsPSObject(value);
            IDictionary dictionary = wrapped.BaseObject as IDictionary;
            if (dictionary != null)
            {
                return dictionary[name];
            }
            PSPropertyInfo property = wrapped.Properties[name];
            return property == null ? null : property.Value;
        }

        private static Hashtable Notes(PSObject value)
        {
            Hashtable found = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (KeyValuePair<string, object> member in Members(value))
            {
                found[member.Key] = member.Value;
            }
            return found;
        }
    }
}
