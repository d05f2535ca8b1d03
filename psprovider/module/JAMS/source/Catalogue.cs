namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;

    /// <summary>A JSON object of the description of the module, with its members by name.</summary>
    internal class Described
    {
        private readonly Dictionary<string, object> members;

        internal Described(object members)
        {
            this.members = (Dictionary<string, object>)members;
        }

        internal object this[string name]
        {
            get
            {
                object found;
                return members.TryGetValue(name, out found) ? found : null;
            }
        }

        internal IEnumerable<string> Names
        {
            get { return members.Keys; }
        }

        internal string Text(string name)
        {
            return (string)this[name];
        }

        internal bool Is(string name)
        {
            return true.Equals(this[name]);
        }

        internal Described Part(string name)
        {
            object found = this[name];
            return found == null ? null : new Described(found);
        }

        internal List<string> Texts(string name)
        {
            List<object> found = this[name] as List<object>;
            return found == null ? new List<string>() : found.ConvertAll(delegate(object item) { return (string)item; });
        }

        internal List<Described> Parts(string name)
        {
            List<object> found = this[name] as List<object>;
            return found == null
                ? new List<Described>() : found.ConvertAll(delegate(object item) { return new Described(item); });
        }
    }

    /// <summary>A REST address of an operation.</summary>
    internal sealed class Route
    {
        internal readonly string Verb;
        internal readonly string[] Segments;
        internal readonly HashSet<string> InPath = new HashSet<string>();
        internal readonly HashSet<string> InQuery;

        internal Route(object described)
        {
            List<object> parts = (List<object>)described;
            Verb = (string)parts[0];
            Segments = ((string)parts[1]).Split('/');
            InQuery = new HashSet<string>(((List<object>)parts[2]).ConvertAll(delegate(object o) { return (string)o; }));
            foreach (string segment in Segments)
            {
                if (segment.StartsWith("{", StringComparison.Ordinal))
                {
                    InPath.Add(segment.Trim('{', '}'));
                }
            }
        }
    }

    /// <summary>One input of an operation.</summary>
    internal sealed class Input
    {
        internal readonly string Name;
        internal readonly Member Member;
        internal readonly bool InBody;

        /// <summary>Whether it is the version that what is changed must still have.</summary>
        internal readonly bool IsCondition;
        internal readonly bool Required;

        internal Input(Described described)
        {
            Name = described.Text("name");
            Member = new Member(described.Text("member"));
            InBody = described.Is("body");
            IsCondition = described.Is("condition");
            Required = described.Is("required");
        }
    }

    /// <summary>An operation as the catalogue declares it.</summary>
    internal sealed class Operation : Described
    {
        internal readonly string Name;
        internal readonly List<Route> Routes;
        internal readonly List<Input> Inputs;
        internal readonly List<string> Key;
        internal readonly Member Result;

        internal Operation(string name, object members)
            : base(members)
        {
            Name = name;
            Routes = ((List<object>)this["routes"]).ConvertAll(delegate(object o) { return new Route(o); });
            Inputs = Parts("inputs").ConvertAll(delegate(Described d) { return new Input(d); });
            Key = Texts("key");
            Result = new Member(Text("result"));
        }

        internal bool Changes
        {
            get { return Is("changes"); }
        }

        internal Described Ending
        {
            get { return Part("ending"); }
        }

        internal Input Input(string name)
        {
            return Inputs.Find(delegate(Input input) { return input.Name == name; });
        }

        /// <summary>The input that takes a path in which to look, or null.</summary>
        internal string FolderInput
        {
            get
            {
                Described offers = Part("offers");
                foreach (string name in offers == null ? new string[0] : offers.Names)
                {
                    if (offers.Part(name).Text("within") != null && Input(name) != null)
                    {
                        return name;
                    }
                }
                return null;
            }
        }
    }

    /// <summary>One parameter of a cmdlet.</summary>
    internal sealed class Parameter : Described
    {
        internal readonly string Name;
        internal readonly string Role;
        internal readonly string Target;
        internal readonly HashSet<string> Sets;

        /// <summary>Of the server's own objects the ones that fill it, and with what; null: all that have the property.</summary>
        internal readonly Described Sources;

        internal Parameter(object members)
            : base(members)
        {
            Name = Text("name");
            Role = Text("role");
            Target = Text("target");
            Sets = new HashSet<string>(Texts("sets"));
            Sources = Part("sources");
        }
    }

    /// <summary>One way to call a cmdlet.</summary>
    internal sealed class ParameterSet
    {
        internal readonly string Name;
        internal readonly Operation Operation;
        internal readonly Operation Lists;
        internal readonly string Key;

        internal ParameterSet(Described described)
        {
            Name = described.Text("name");
            Operation = Catalogue.Operation(described.Text("operation"));
            Lists = Catalogue.Operation(described.Text("lists"));
            Key = described.Text("key");
        }
    }

    /// <summary>What a cmdlet does.</summary>
    internal sealed class Cmdlet : Described
    {
        internal readonly string Name;
        internal readonly List<Parameter> Parameters;
        internal readonly List<ParameterSet> Sets;

        internal Cmdlet(string name, object members)
            : base(members)
        {
            Name = name;
            Parameters = ((List<object>)this["parameters"]).ConvertAll(
                delegate(object o) { return new Parameter(o); });
            Sets = Parts("sets").ConvertAll(delegate(Described d) { return new ParameterSet(d); });
        }

        internal ParameterSet Set(string name)
        {
            string wanted = name == "__AllParameterSets" ? Text("default") : name;
            return Sets.Find(delegate(ParameterSet set) { return set.Name == wanted; });
        }
    }

    /// <summary>The operations and cmdlets, from the file that is generated beside the module.</summary>
    internal static class Catalogue
    {
        private static readonly object Gate = new object();
        private static readonly Dictionary<string, Operation> Operations = new Dictionary<string, Operation>();
        private static readonly Dictionary<string, Cmdlet> Cmdlets =
            new Dictionary<string, Cmdlet>(StringComparer.OrdinalIgnoreCase);

        private static Described content;

        /// <summary>Everything that is described; read when it is first needed.</summary>
        internal static Described Content
        {
            get
            {
                lock (Gate)
                {
                    if (content == null)
                    {
                        string file = Path.Combine(ModuleHost.Folder, "JAMS.json");
                        content = new Described(JsonReader.Parse(File.ReadAllText(file)));
                    }
                    return content;
                }
            }
        }

        internal static Operation Operation(string name)
        {
            if (name == null)
            {
                return null;
            }
            lock (Gate)
            {
                Operation found;
                if (!Operations.TryGetValue(name, out found))
                {
                    object members = Content.Part("operations")[name];
                    found = Operations[name] = members == null ? null : new Operation(name, members);
                }
                return found;
            }
        }

        internal static Cmdlet Cmdlet(string name)
        {
            lock (Gate)
            {
                Cmdlet found;
                if (!Cmdlets.TryGetValue(name, out found))
                {
                    string own = Unprefixed(name);
                    object members = own == null ? null : Content.Part("cmdlets")[own];
                    found = Cmdlets[name] = members == null ? null : new Cmdlet(own, members);
                }
                return found;
            }
        }

        /// <summary>The name of a cmdlet without the prefix with which the module was imported; null if it is none.</summary>
        private static string Unprefixed(string name)
        {
            string found = null;
            int cut = name.IndexOf('-') + 1;
            foreach (string each in Content.Part("cmdlets").Names)
            {
                bool same = string.Equals(each, name, StringComparison.OrdinalIgnoreCase);
                if (same || (cut > 0 && each.StartsWith(name.Substring(0, cut), StringComparison.OrdinalIgnoreCase)
                    && name.EndsWith(each.Substring(cut), StringComparison.OrdinalIgnoreCase)
                    && (found == null || each.Length > found.Length)))
                {
                    found = each;
                }
                if (same)
                {
                    break;
                }
            }
            return found;
        }

        /// <summary>The kind of an error by its code.</summary>
        internal static bool TryKind(string code, out string kind)
        {
            kind = Content.Part("errors").Text(code);
            return kind != null;
        }

        internal static string KindOf(string code)
        {
            string kind;
            return TryKind(code, out kind) ? kind : "Invalid";
        }
    }

    /// <summary>What the module tells of itself when it is imported.</summary>
    public static class ModuleHost
    {
        /// <summary>The folder of the module.</summary>
        public static string Folder { get; set; }

        /// <summary>Forget what the drives have read: the next command asks the server again.</summary>
        public static void Forget()
        {
            DriveCache.Clear();
        }
    }
}
