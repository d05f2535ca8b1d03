namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Globalization;
    using System.Management.Automation;

    /// <summary>Finds what names and patterns mean: one object, those that match, or the numbers behind them.</summary>
    internal sealed class Finding
    {
        private readonly Call call;

        internal Finding(Call call)
        {
            this.call = call;
        }

        /// <summary>Show the objects of a set that takes names, patterns, or neither.</summary>
        internal void Find()
        {
            ParameterSet set = call.Set;
            Dictionary<string, object> listed = new Dictionary<string, object>();
            foreach (KeyValuePair<Parameter, object> bound in call.Bound)
            {
                if (bound.Key.Role == "listed")
                {
                    listed[bound.Key.Target] = bound.Value;
                }
            }
            Dictionary<string, object> shared = call.InputsFor(null);
            shared.Remove(set.Key);
            foreach (KeyValuePair<string, object> given in shared)
            {
                if (set.Lists.Input(given.Key) != null)
                {
                    listed[given.Key] = given.Value;
                }
            }
            List<object> names = Values.List(call.Value("input", set.Key));
            if (names.Count == 0)
            {
                call.Guarded(null, delegate { EmitAll(set.Lists, call.Caller.List(set.Lists, listed)); });
            }
            foreach (object given in names)
            {
                string name = Values.Text(given);
                call.Guarded(name, delegate { FindNamed(name, listed, shared); });
            }
        }

        /// <summary>Of a list, those whose name matches one of the patterns given.</summary>
        internal List<object> Named(Operation operation, List<object> found)
        {
            object patterns = call.Value("pattern", null);
            string member = operation.Text("pattern");
            if (patterns == null || member == null)
            {
                return found;
            }
            List<object> chosen = new List<object>();
            foreach (object given in Values.List(patterns))
            {
                string pattern = Values.Text(given);
                List<object> matching = Matching(found, member, pattern);
                if (matching.Count == 0 && !HasWildcards(pattern))
                {
                    string noun = call.Invocation.Cmdlet.Text("noun").ToLowerInvariant();
                    call.Invocation.Error(
                        JAMSException.Local("NotFound", "There is no " + noun + " " + pattern + ".", pattern), pattern);
                }
                chosen.AddRange(matching.FindAll(delegate(object item) { return !chosen.Contains(item); }));
            }
            return chosen;
        }

        /// <summary>
        /// The numbers of the objects that names or patterns mean. Of those found the ones that have not ended
        /// are meant; where all have, the newest.
        /// </summary>
        internal List<object> Numbers(List<object> names)
        {
            Described lookup = call.Set.Operation.Part("lookup");
            Operation lister = Catalogue.Operation(lookup.Text("operation"));
            List<object> found = new List<object>();
            foreach (object given in names)
            {
                string name = Values.Text(given);
                long number;
                if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number))
                {
                    found.Add(number);
                    continue;
                }
                Dictionary<string, object> inputs = new Dictionary<string, object>();
                inputs[lister.Text("pattern")] = name;
                List<object> items = call.Caller.List(lister, inputs);
                List<object> going = items.FindAll(delegate(object item) { return !Waiting.HasEnded(item); });
                if (going.Count == 0 && items.Count > 0)
                {
                    going.Add(items[items.Count - 1]);
                }
                if (going.Count == 0 && !HasWildcards(name))
                {
                    call.Invocation.Error(
                        JAMSException.Local("NotFound", "Nothing named " + name + " is there.", name), name);
                }
                found.AddRange(going.ConvertAll(
                    delegate(object item) { return Values.Property(item, lookup.Text("member")); }));
            }
            return found;
        }

        /// <summary>The values that a further word of a parameter stands for, or the value itself.</summary>
        internal static object Meant(Parameter parameter, object value)
        {
            Described words = parameter.Part("words");
            if (words == null)
            {
                return value;
            }
            List<object> found = new List<object>();
            foreach (object item in Values.List(value))
            {
                List<object> meant = words[Values.Text(item)] as List<object>;
                if (meant != null)
                {
                    found.AddRange(meant);
                }
                else
                {
                    found.Add(item);
                }
            }
            return found;
        }

        /// <summary>Put the folder that is given before the pattern of the input that takes both.</summary>
        internal static void AddFolder(Call call, Dictionary<string, object> inputs)
        {
            string name = call.Set.Operation.Text("folder");
            object folder = call.Value("folder", null);
            if (name == null || folder == null)
            {
                return;
            }
            object pattern;
            inputs.TryGetValue(name, out pattern);
            inputs[name] = Values.Text(folder).TrimEnd('\\') + "\\" + (pattern == null ? "*" : Values.Text(pattern));
        }

        internal static bool HasWildcards(string name)
        {
            return WildcardPattern.ContainsWildcardCharacters(name);
        }

        private static List<object> Matching(List<object> items, string member, string pattern)
        {
            WildcardPattern wanted = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
            return items.FindAll(
                delegate(object item) { return wanted.IsMatch(Values.Text(Values.Property(item, member))); });
        }

        private void FindNamed(string name, Dictionary<string, object> listed, Dictionary<string, object> shared)
        {
            ParameterSet set = call.Set;
            if (HasWildcards(name))
            {
                EmitAll(set.Lists, Matching(name, listed));
                return;
            }
            string path = WildcardPattern.Unescape(name);
            object folder = null;
            string folderInput = set.Lists.FolderInput;
            if (folderInput != null && path.IndexOf('\\') < 0 && listed.TryGetValue(folderInput, out folder))
            {
                path = Values.Text(folder).TrimEnd('\\') + "\\" + path;
            }
            Dictionary<string, object> inputs = new Dictionary<string, object>(shared);
            inputs[set.Key] = path;
            call.Emit(set.Operation, call.Caller.Call(set.Operation, inputs));
        }

        private List<object> Matching(string pattern, Dictionary<string, object> listed)
        {
            Operation lister = call.Set.Lists;
            Dictionary<string, object> inputs = new Dictionary<string, object>(listed);
            int cut = pattern.LastIndexOf('\\');
            string parent = cut < 0 ? "" : pattern.Substring(0, cut);
            if (cut >= 0 && (lister.FolderInput == null || HasWildcards(parent)))
            {
                return Matching(call.Caller.List(lister, inputs), "QualifiedName", pattern);
            }
            if (cut >= 0)
            {
                inputs[lister.FolderInput] = parent == "" ? "\\" : parent;
                pattern = pattern.Substring(cut + 1);
            }
            string wanted = lister.Text("pattern");
            if (lister.Input(wanted) != null && pattern.IndexOfAny(new[] { '[', '`' }) < 0)
            {
                inputs[wanted] = pattern;
                return call.Caller.List(lister, inputs);
            }
            List<object> items = call.Caller.List(lister, inputs);
            if (lister.Input(wanted) == null)
            {
                return Matching(items, wanted, pattern);
            }
            WildcardPattern leaf = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
            return items.FindAll(delegate(object item)
            {
                string path = item.ToString();
                return leaf.IsMatch(path.Substring(path.LastIndexOf('\\') + 1));
            });
        }

        private void EmitAll(Operation operation, List<object> items)
        {
            foreach (object item in items)
            {
                call.Emit(operation, item);
            }
        }
    }
}
