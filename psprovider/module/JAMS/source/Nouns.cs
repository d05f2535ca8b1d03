namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Management.Automation;

    /// <summary>The server's own objects, also those that have come from a session, and what they tell of others.</summary>
    internal static class Nouns
    {
        private static readonly string[] Marks = { "Deserialized.", "Selected.", "CSV:" };
        private const string Space = "MVPSI.JAMS.";

        /// <summary>
        /// The noun that an object is, also one that a part was selected of, or that was written to a file; null for any
        /// other object.
        /// </summary>
        internal static string Of(object value)
        {
            PSObject wrapped = PSObject.AsPSObject(value);
            Document document = wrapped.BaseObject as Document;
            if (document != null)
            {
                return document.Layout.Name;
            }
            string name = wrapped.TypeNames.Count == 0 ? "" : wrapped.TypeNames[0];
            string mark;
            while ((mark = Array.Find(Marks, delegate(string each) { return name.StartsWith(each, StringComparison.Ordinal); }))
                != null)
            {
                name = name.Substring(mark.Length);
            }
            return name.StartsWith(Space, StringComparison.Ordinal) ? name.Substring(Space.Length) : null;
        }

        /// <summary>The value of the one property, or the path that several make; null if the object does not tell it.</summary>
        internal static object Told(object value, List<string> properties)
        {
            if (properties.Count == 1)
            {
                return Values.Property(value, properties[0]);
            }
            List<string> parts = new List<string>();
            foreach (string property in properties)
            {
                object part = Values.Property(value, property);
                if (part == null)
                {
                    return null;
                }
                parts.Add(Values.Text(part));
            }
            for (int i = 0; i < parts.Count - 1; i++)
            {
                parts[i] = parts[i].TrimEnd('\\');
            }
            return parts.Count == 0 ? null : string.Join("\\", parts.ToArray());
        }
    }

    /// <summary>Lets a parameter that names an object take the object itself, or one that tells it.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class NounTransformationAttribute : ArgumentTransformationAttribute
    {
        private readonly string command;
        private readonly string parameter;

        /// <param name="command">Name of the cmdlet.</param>
        /// <param name="parameter">Name of the parameter.</param>
        public NounTransformationAttribute(string command, string parameter)
        {
            this.command = command;
            this.parameter = parameter;
        }

        /// <summary>The name or number that an object tells, of several objects each; anything else as it is.</summary>
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        {
            IList several = PSObject.AsPSObject(inputData ?? 0).BaseObject as IList;
            if (several == null)
            {
                return One(inputData);
            }
            object[] found = new object[several.Count];
            for (int i = 0; i < found.Length; i++)
            {
                found[i] = One(several[i]);
            }
            return found;
        }

        private object One(object value)
        {
            string noun = value == null ? null : Nouns.Of(value);
            if (noun == null)
            {
                return value;
            }
            Parameter named = Catalogue.Cmdlet(command).Parameters.Find(
                delegate(Parameter each) { return each.Name == parameter; });
            return Nouns.Told(value, named.Sources.Texts(noun)) ?? value;
        }
    }
}
