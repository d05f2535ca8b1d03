namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Management.Automation;

    /// <summary>
    /// What a piped object fills, where PowerShell's own rules choose otherwise. By those any property of a fitting name
    /// will do, and a text takes any object: a folder would be the job of its path, and a job the entry of its number.
    /// </summary>
    internal sealed class Piped
    {
        private readonly Cmdlet cmdlet;
        private readonly HashSet<string> typed;
        private readonly Hashtable bound;
        private readonly object piped;

        /// <param name="cmdlet">What runs.</param>
        /// <param name="typed">The parameters that were given with the call.</param>
        /// <param name="bound">All parameters as PowerShell has bound them; set right here.</param>
        /// <param name="piped">The object that was piped, or null.</param>
        internal Piped(Cmdlet cmdlet, HashSet<string> typed, Hashtable bound, object piped)
        {
            this.cmdlet = cmdlet;
            this.typed = typed;
            this.bound = bound;
            this.piped = piped;
        }

        /// <summary>The error that an object fits nowhere, as PowerShell itself tells it.</summary>
        internal static ErrorRecord Unbound(object piped)
        {
            ParameterBindingException error = new ParameterBindingException(
                "The input object cannot be bound to any parameters for the command either because the command does not "
                + "take pipeline input or the input and its properties do not match any of the parameters that take "
                + "pipeline input.");
            return new ErrorRecord(error, "InputObjectNotBound", ErrorCategory.InvalidArgument, piped);
        }

        /// <summary>The parameter set that is meant, or null if the object fits none.</summary>
        /// <param name="set">The one that PowerShell has chosen.</param>
        internal ParameterSet Meant(ParameterSet set)
        {
            if (piped == null)
            {
                return set;
            }
            bool plain = IsPlain(PSObject.AsPSObject(piped).BaseObject);
            foreach (Parameter parameter in plain ? new List<Parameter>() : cmdlet.Parameters.FindAll(IsPiped))
            {
                if (parameter.Role == "object" || parameter.Role == "document")
                {
                    continue;
                }
                object value = Told(parameter);
                if (value != null)
                {
                    bound[parameter.Name] = value;
                }
                else if (Nouns.Of(piped) == null)
                {
                    bound.Remove(parameter.Name);
                }
            }
            ParameterSet whole = Whole(set);
            if (whole != null || plain)
            {
                return whole ?? set;
            }
            return Nouns.Of(piped) == null ? Strange(set) : Parts(set);
        }

        /// <summary>
        /// The set in which another object than the server's own names something, if it does. What it names by the key
        /// of a set goes before what else fits: an entry's row in a file bears the name of its job as well.
        /// </summary>
        private ParameterSet Strange(ParameterSet set)
        {
            List<ParameterSet> possible = cmdlet.Sets.FindAll(TakesWhatIsTyped);
            foreach (Parameter parameter in DefaultFirst())
            {
                ParameterSet keyed = possible.Find(
                    delegate(ParameterSet other)
                    {
                        return parameter.Role == "input" && parameter.Target == other.Key
                            && parameter.Sets.Contains(other.Name);
                    });
                object value = keyed == null || typed.Contains(parameter.Name) ? null : Told(parameter);
                if (value != null)
                {
                    bound[parameter.Name] = value;
                    foreach (Parameter other in cmdlet.Parameters.FindAll(IsPiped))
                    {
                        if (!other.Sets.Contains(keyed.Name))
                        {
                            bound.Remove(other.Name);
                        }
                    }
                    return keyed;
                }
            }
            List<Parameter> filled = cmdlet.Parameters.FindAll(IsPiped);
            if (filled.Count == 0)
            {
                return null;
            }
            ParameterSet meant = possible.Contains(set) && filled[0].Sets.Contains(set.Name) ? set : possible.Find(
                delegate(ParameterSet other) { return filled[0].Sets.Contains(other.Name); });
            return meant != null && HasKey(meant) ? meant : null;
        }

        /// <summary>What a property that names the parameter's value tells, or null.</summary>
        private object Told(Parameter parameter)
        {
            if (Nouns.Of(piped) != null)
            {
                string property = parameter.Text("piped");
                return property == null ? null : Values.Property(piped, property);
            }
            return First(parameter.Texts("told"));
        }

        /// <summary>What the first of some properties tells that the object has, or null.</summary>
        private object First(List<string> properties)
        {
            foreach (string name in properties)
            {
                object value = Values.Property(piped, name);
                if (value != null)
                {
                    return value;
                }
            }
            return null;
        }

        /// <summary>Whether it is a text or a number, which is a parameter's value itself.</summary>
        private static bool IsPlain(object value)
        {
            return value is string || value is ValueType;
        }

        /// <summary>The set in which the object is itself the value of a parameter; null if there is none.</summary>
        private ParameterSet Whole(ParameterSet set)
        {
            Parameter whole = cmdlet.Parameters.Find(delegate(Parameter p) { return p.Role == "document"; });
            Document document = PSObject.AsPSObject(piped).BaseObject as Document;
            if (whole == null || document == null || whole.Text("struct") != document.Layout.Name)
            {
                bool isValue = cmdlet.Parameters.Exists(
                    delegate(Parameter p) { return (p.Role == "object" || p.Role == "document") && IsPiped(p); });
                return isValue ? set : null;
            }
            if (whole.Sets.Contains(set.Name))
            {
                return set;
            }
            if (set.Key != null && KeyIsTyped(set))
            {
                return null;
            }
            bound[whole.Name] = document;
            return cmdlet.Sets.Find(delegate(ParameterSet other) { return whole.Sets.Contains(other.Name); });
        }

        /// <summary>The set that what the object tells belongs to: one of the server's own objects is no other noun.</summary>
        private ParameterSet Parts(ParameterSet set)
        {
            string noun = Nouns.Of(piped);
            if (noun == null)
            {
                return set;
            }
            List<ParameterSet> possible = cmdlet.Sets.FindAll(TakesWhatIsTyped);
            bool filled = false;
            foreach (Parameter parameter in DefaultFirst())
            {
                if (parameter.Sources == null || typed.Contains(parameter.Name))
                {
                    continue;
                }
                object value = Nouns.Told(piped, parameter.Sources.Texts(noun));
                List<ParameterSet> left = possible.FindAll(
                    delegate(ParameterSet other) { return parameter.Sets.Contains(other.Name); });
                if (value == null || left.Count == 0)
                {
                    bound.Remove(parameter.Name);
                    continue;
                }
                bound[parameter.Name] = value;
                possible = left;
                filled = true;
            }
            if (filled && !possible.Contains(set))
            {
                set = possible.Find(delegate(ParameterSet other) { return other.Name == cmdlet.Text("default"); })
                    ?? possible[0];
            }
            if (!filled && !cmdlet.Parameters.Exists(IsPiped))
            {
                return Own(possible);
            }
            return HasKey(set) ? set : null;
        }

        /// <summary>
        /// The set whose parameters are filled by the object's own properties, where PowerShell has chosen another one
        /// by a property that means nothing there; null if there is none.
        /// </summary>
        private ParameterSet Own(List<ParameterSet> possible)
        {
            foreach (ParameterSet set in possible)
            {
                List<Parameter> free = cmdlet.Parameters.FindAll(delegate(Parameter parameter)
                {
                    return parameter.Sources == null && parameter.Role == "input"
                        && parameter.Sets.Contains(set.Name) && !typed.Contains(parameter.Name);
                });
                if (!free.Exists(delegate(Parameter each) { return Told(each) != null; }))
                {
                    continue;
                }
                foreach (Parameter parameter in free)
                {
                    object value = Told(parameter) ?? First(parameter.Texts("told"));
                    if (value != null)
                    {
                        bound[parameter.Name] = value;
                    }
                }
                return HasKey(set) ? set : null;
            }
            return null;
        }

        private IEnumerable<Parameter> DefaultFirst()
        {
            string name = cmdlet.Text("default");
            List<Parameter> ordered = cmdlet.Parameters.FindAll(delegate(Parameter p) { return p.Sets.Contains(name); });
            ordered.AddRange(cmdlet.Parameters.FindAll(delegate(Parameter p) { return !p.Sets.Contains(name); }));
            return ordered;
        }

        private bool TakesWhatIsTyped(ParameterSet set)
        {
            return !cmdlet.Parameters.Exists(
                delegate(Parameter p) { return typed.Contains(p.Name) && !p.Sets.Contains(set.Name); });
        }

        /// <summary>Whether it is known which object is meant, where one has to be.</summary>
        private bool HasKey(ParameterSet set)
        {
            return set.Lists != null || set.Key == null || cmdlet.Parameters.Exists(delegate(Parameter p)
            {
                bool names = p.Role == "lookup" || p.Role == "object" || (p.Role == "input" && p.Target == set.Key);
                return names && p.Sets.Contains(set.Name) && bound.Contains(p.Name);
            });
        }

        private bool IsPiped(Parameter parameter)
        {
            return bound.Contains(parameter.Name) && !typed.Contains(parameter.Name);
        }

        private bool KeyIsTyped(ParameterSet set)
        {
            return cmdlet.Parameters.Exists(delegate(Parameter parameter)
            {
                return parameter.Target == set.Key && parameter.Role == "input" && typed.Contains(parameter.Name);
            });
        }
    }
}
