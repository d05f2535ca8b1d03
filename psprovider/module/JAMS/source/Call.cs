namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Globalization;
    using System.Management.Automation;

    /// <summary>One call of a cmdlet with its parameters bound.</summary>
    internal sealed class Call
    {
        internal readonly Invocation Invocation;
        internal readonly ParameterSet Set;
        internal readonly Caller Caller;
        internal readonly Dictionary<Parameter, object> Bound = new Dictionary<Parameter, object>();

        internal Call(Invocation invocation, ParameterSet set, IDictionary bound)
        {
            Invocation = invocation;
            Set = set;
            foreach (Parameter parameter in invocation.Cmdlet.Parameters)
            {
                if (parameter.Sets.Contains(set.Name) && bound.Contains(parameter.Name))
                {
                    Bound[parameter] = bound[parameter.Name];
                }
            }
            Server server = Invocation.ServerOf(Shell, Values.Text(Value("server", null)));
            Caller = new Caller(server, Stopping);
        }

        internal PSCmdlet Shell
        {
            get { return Invocation.Shell; }
        }

        private bool IsTest
        {
            get { return Invocation.Cmdlet.Name.StartsWith("Test-", StringComparison.OrdinalIgnoreCase); }
        }

        /// <summary>The value of the parameter with a role and, if given, a target; null if there is none.</summary>
        internal object Value(string role, string target)
        {
            foreach (KeyValuePair<Parameter, object> bound in Bound)
            {
                if (bound.Key.Role == role && (target == null || bound.Key.Target == target))
                {
                    return bound.Value;
                }
            }
            return null;
        }

        internal bool Switch(string target)
        {
            return LanguagePrimitives.IsTrue(Value("switch", target));
        }

        /// <summary>Do it; what is refused for one object is an error that ends nothing.</summary>
        internal void Run()
        {
            Operation operation = Set.Operation;
            if (operation.Text("document") != null)
            {
                Guarded(null, delegate { SendDocument(); });
                return;
            }
            if (Set.Lists != null)
            {
                new Finding(this).Find();
                return;
            }
            object file = Value("file", null);
            Parameter read = file == null ? null : Invocation.Cmdlet.Parameters.Find(
                delegate(Parameter p) { return p.Role == "file" && !string.IsNullOrEmpty(p.Target); });
            if (read != null)
            {
                Guarded(file, delegate { Imported(operation, read, file); });
                return;
            }
            foreach (object key in Keys())
            {
                object one = key;
                Guarded(one, delegate { Once(operation, InputsFor(one), one); });
            }
        }

        /// <summary>The objects meant: the values of the key, one call each; null stands for a call without one.</summary>
        internal List<object> Keys()
        {
            foreach (KeyValuePair<Parameter, object> bound in Bound)
            {
                if (bound.Key.Role == "lookup")
                {
                    return new Finding(this).Numbers(Values.List(bound.Value));
                }
                if (bound.Key.Role == "object")
                {
                    return new List<object> { NameOf(bound.Key, bound.Value) };
                }
            }
            object key = Set.Key == null ? null : Value("input", Set.Key) ?? OwnEntry();
            return key == null ? new List<object> { null } : Values.List(key);
        }

        /// <summary>The entry in whose run the cmdlet is used, where that is meant; else null. Raises JAMSException.</summary>
        private object OwnEntry()
        {
            Parameter key = Invocation.Cmdlet.Parameters.Find(
                delegate(Parameter p) { return p.Is("ownEntry") && p.Sets.Contains(Set.Name); });
            if (key == null)
            {
                return null;
            }
            string entry = Environment.GetEnvironmentVariable("JAMS_ENTRY");
            if (string.IsNullOrEmpty(entry))
            {
                throw JAMSException.Local(
                    "MissingArgument", "Give -" + key.Name + ": this is no run of an entry, which JAMS_ENTRY would tell.");
            }
            return entry;
        }

        /// <summary>The inputs of the operation, with one value of the key.</summary>
        internal Dictionary<string, object> InputsFor(object key)
        {
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            foreach (KeyValuePair<Parameter, object> bound in Bound)
            {
                if (bound.Key.Role == "input")
                {
                    inputs[bound.Key.Target] = bound.Key.Is("kinds")
                        ? Files.KindsAndNames(bound.Key, bound.Value) : Finding.Meant(bound.Key, bound.Value);
                }
            }
            string here = Set.Operation.Text("here");
            string place = here == null || inputs.ContainsKey(here) ? null : Files.Here(Shell, Caller.Server);
            if (place != null)
            {
                inputs[here] = place;
            }
            if (Set.Key != null && key != null)
            {
                inputs[Set.Key] = key;
            }
            Finding.AddFolder(this, inputs);
            return inputs;
        }

        /// <summary>Show a result; where callers want one member of it only, that.</summary>
        internal void Emit(Operation operation, object result)
        {
            string value = operation.Text("value");
            if (value != null && (operation.Text("valueSwitch") == null || Switch("value_only")))
            {
                result = Values.Property(result, value);
            }
            Shell.WriteObject(result);
        }

        /// <summary>Run what may be refused; a refusal is an error about <paramref name="target"/>.</summary>
        internal void Guarded(object target, Action action)
        {
            try
            {
                action();
            }
            catch (JAMSException error)
            {
                Invocation.Error(error, target);
                if (IsTest)
                {
                    Shell.WriteObject(false);
                }
            }
        }

        private bool Stopping()
        {
            return Invocation.Stopping();
        }

        /// <summary>The input of operations that can tell what they would do; -WhatIf asks for it.</summary>
        private const string Rehearsal = "dry_run";

        /// <summary>What stands in an answer before that of which its caller is to be warned.</summary>
        private const string Note = " Note: ";

        private void Once(Operation operation, Dictionary<string, object> inputs, object key)
        {
            if (operation.Text("text") != null)
            {
                new Following(this).Lines(operation, inputs);
            }
            else if (!operation.Changes)
            {
                Read(operation, inputs);
            }
            else if (Shell.ShouldProcess(Target(key)))
            {
                After(inputs, Caller.Call(operation, inputs), null);
            }
            else if (operation.Input(Rehearsal) != null && Shell.MyInvocation.BoundParameters.ContainsKey("WhatIf"))
            {
                inputs[Rehearsal] = true;
                After(inputs, Caller.Call(operation, inputs), null);
            }
        }

        /// <summary>Do it once for each file, whose text fills an input.</summary>
        private void Imported(Operation operation, Parameter read, object files)
        {
            foreach (string file in Files.Found(Shell, files))
            {
                string path = file;
                Guarded(path, delegate
                {
                    Dictionary<string, object> inputs = InputsFor(null);
                    inputs[read.Target] = Files.Text(path);
                    Once(operation, inputs, path);
                });
            }
        }

        private void Read(Operation operation, Dictionary<string, object> inputs)
        {
            List<object> found = Caller.List(operation, inputs);
            object file = Value("file", null);
            if (file != null)
            {
                Files.Save(Shell, Values.Text(file), Values.Text(found[0]));
                return;
            }
            TellOfMore(operation.Part("limit"), inputs, found.Count);
            TellOfPages(operation.Part("pages"), inputs, found.Count);
            if (IsTest)
            {
                bool truth = found.Count == 1 && found[0] is bool ? (bool)found[0] : true;
                Shell.WriteObject(truth);
                return;
            }
            foreach (object item in new Finding(this).Named(operation, found))
            {
                Emit(operation, item);
            }
        }

        /// <summary>Warns that a list is shorter than what was asked for.</summary>
        private void TellOfMore(Described limit, Dictionary<string, object> inputs, int count)
        {
            if (limit == null)
            {
                return;
            }
            object asked;
            bool given = inputs.TryGetValue(limit.Text("input"), out asked) && asked != null;
            bool usual = !given && count == Convert.ToInt32(limit["default"], CultureInfo.InvariantCulture);
            string told = "There may be more than the " + count + " shown; -";
            if (usual)
            {
                Shell.WriteWarning(told + limit.Text("parameter") + " asks for more.");
            }
            else if (Caller.Cut && limit.Text("cursor") != null
                && (!given || count < Convert.ToInt32(asked, CultureInfo.InvariantCulture)))
            {
                // The server gives no more at once, whatever it is asked for.
                Shell.WriteWarning(told + limit.Text("cursor") + " goes on behind them.");
            }
        }

        /// <summary>Warns that a page is shorter than what was asked for.</summary>
        private void TellOfPages(Described pages, Dictionary<string, object> inputs, int count)
        {
            if (pages == null)
            {
                return;
            }
            object size, skip;
            bool given = inputs.TryGetValue(pages.Text("size"), out size) && size != null;
            long passed = inputs.TryGetValue(pages.Text("skip"), out skip) && skip != null
                ? Convert.ToInt64(skip, CultureInfo.InvariantCulture) : 0;
            long total = Convert.ToInt64(Values.Property(Caller.Page, pages.Text("total")) ?? 0, CultureInfo.InvariantCulture);
            if (total > passed + count && !(given && count >= Convert.ToInt64(size, CultureInfo.InvariantCulture)))
            {
                Shell.WriteWarning(count + " of " + total + " are shown; -" + pages.Text("parameter") + " "
                    + (passed + count) + " goes on behind them.");
            }
        }

        /// <summary>What is shown after a change: the object if asked for, the end if waited for, or the answer.</summary>
        private void After(Dictionary<string, object> inputs, object result, string path)
        {
            Operation operation = Set.Operation;
            if (result is string)
            {
                string[] told = ((string)result).Split(new[] { Note }, StringSplitOptions.None);
                Shell.WriteVerbose(told[0]);
                for (int number = 1; number < told.Length; number++)
                {
                    Shell.WriteWarning(told[number]);
                }
            }
            DriveCache.Clear();
            Described starts = operation.Part("starts");
            if (starts != null && Switch("wait"))
            {
                object number = Values.Property(result, starts.Text("number")) ?? inputs[starts.Text("number")];
                new Waiting(Invocation).For(this, Catalogue.Operation(starts.Text("wait")), number);
            }
            else if (Switch("pass_thru") || (operation.Is("created") && operation.Text("shows") != null))
            {
                Show(inputs, path);
            }
            else if (!(result is string))
            {
                foreach (object one in Values.List(result))
                {
                    Emit(operation, one);
                }
            }
        }

        private void Show(Dictionary<string, object> inputs, string path)
        {
            Operation shows = Catalogue.Operation(Set.Operation.Text("shows"));
            if (shows == null)
            {
                return;
            }
            Dictionary<string, object> keys = new Dictionary<string, object>();
            foreach (string name in shows.Key)
            {
                object key;
                if (path == null && inputs.TryGetValue(name, out key))
                {
                    keys[name] = key;
                }
            }
            if (path != null)
            {
                keys[shows.Key[0]] = path;
                Described beside = Set.Operation.Part("beside");
                foreach (string name in beside == null ? new string[0] : beside.Names)
                {
                    object told = Values.Property(inputs[Set.Operation.Text("document")], beside.Text(name));
                    if (told != null)
                    {
                        keys[name] = told;
                    }
                }
            }
            Emit(shows, Caller.Call(shows, keys));
        }

        /// <summary>Make a document, or change one, and send it.</summary>
        private void SendDocument()
        {
            Operation operation = Set.Operation;
            Shape shape = Shapes.Get(operation.Input(operation.Text("document")).Member.Kind);
            object whole = Value("document", null);
            Document document = whole == null ? shape.New() : shape.Made(whole);
            foreach (KeyValuePair<Parameter, object> bound in Bound)
            {
                if (bound.Key.Role == "member")
                {
                    document.Assign(bound.Key.Text("wire"), bound.Value);
                }
            }
            object key = Set.Key == null ? null : Value("input", Set.Key);
            Dictionary<string, object> inputs = InputsFor(key);
            string path = key == null ? PathOf(operation, document) : null;
            if (Shell.ShouldProcess(path ?? Target(key ?? document.ToString())))
            {
                if (key != null && Switch("pass_thru"))
                {
                    Number(inputs);
                }
                if (key == null && operation.Key.Contains("id") && document.Held[0] != null)
                {
                    inputs["id"] = document.Held[0];
                    path = null;
                }
                inputs[operation.Text("document")] = document;
                After(inputs, Caller.Call(operation, inputs), path);
            }
        }

        /// <summary>Put the object's number in place of its name, which may become another.</summary>
        private void Number(Dictionary<string, object> inputs)
        {
            Operation shows = Catalogue.Operation(Set.Operation.Text("shows"));
            if (shows == null || Set.Key == "id")
            {
                return;
            }
            Dictionary<string, object> key = new Dictionary<string, object>();
            key[Set.Key] = inputs[Set.Key];
            inputs["id"] = ((Document)Caller.Call(shows, key)).Held[0];
            inputs.Remove(Set.Key);
        }

        /// <summary>The path that the members of a document make, or null.</summary>
        private static string PathOf(Operation operation, Document document)
        {
            List<string> members = operation.Texts("path");
            if (members.Count < 2)
            {
                return members.Count == 0 ? null : Values.Text(Values.Property(document, members[0]));
            }
            string folder = "";
            for (int i = 0; i < members.Count - 1; i++)
            {
                folder = folder == "" ? Values.Text(Values.Property(document, members[i])) : folder;
            }
            return folder.TrimEnd('\\') + "\\" + Values.Text(Values.Property(document, members[members.Count - 1]));
        }

        private string NameOf(Parameter parameter, object value)
        {
            object found = value is string ? value : Values.Property(value, parameter.Text("piped"));
            if (found == null)
            {
                throw JAMSException.Local(
                    "InvalidArgument",
                    "The object given as " + parameter.Name + " has no " + parameter.Text("piped") + ".");
            }
            return Values.Text(found);
        }

        private string Target(object key)
        {
            if (key != null)
            {
                return Values.Text(key);
            }
            foreach (string name in Set.Operation.Texts("naming"))
            {
                object value = Value("input", name);
                if (value != null)
                {
                    return Values.Text(value);
                }
            }
            return Caller.Server.Name;
        }
    }
}
