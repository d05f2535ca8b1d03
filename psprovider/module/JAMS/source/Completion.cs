namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Diagnostics;
    using System.Management.Automation;
    using System.Management.Automation.Language;

    /// <summary>Offers the kinds of items while somebody types.</summary>
    public sealed class KindCompleter : IArgumentCompleter
    {
        /// <summary>The kinds that begin with a word.</summary>
        public IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        {
            foreach (TreeKind kind in TreeKind.All)
            {
                if (kind.Name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
                {
                    yield return new CompletionResult(kind.Name);
                }
            }
        }
    }

    /// <summary>Offers execution methods while somebody types.</summary>
    public sealed class MethodCompleter : IArgumentCompleter
    {
        /// <summary>The methods that begin with a word.</summary>
        public IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        {
            return Completion.Complete("New-JAMSJob", "MethodName", wordToComplete, null, null);
        }
    }

    /// <summary>Offers values while somebody types: the server is asked, but not for long.</summary>
    public static class Completion
    {
        private const double Patience = 1.5;
        private const double FreshSeconds = 5;
        private static readonly object Gate = new object();
        private static readonly Dictionary<string, KeyValuePair<DateTime, List<string>>> Cache =
            new Dictionary<string, KeyValuePair<DateTime, List<string>>>();

        /// <summary>The values of a parameter that begin with <paramref name="word"/>.</summary>
        public static List<CompletionResult> Complete(
            string command, string parameter, string word, IDictionary bound, object defaultServer)
        {
            List<CompletionResult> found = new List<CompletionResult>();
            word = (word ?? "").Trim('\'', '"');
            try
            {
                foreach (string value in Candidates(command, parameter, word, bound, defaultServer))
                {
                    string leaf = value.Substring(value.LastIndexOf('\\') + 1);
                    if (value.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                        || (word.IndexOf('\\') < 0 && leaf.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
                    {
                        found.Add(new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value));
                    }
                }
            }
            catch (JAMSException)
            {
                // Nobody to ask, or no answer in time: then there is nothing to offer.
            }
            return found;
        }

        private static List<string> Candidates(
            string command, string parameter, string word, IDictionary bound, object defaultServer)
        {
            if (string.Equals(parameter, "Server", StringComparison.OrdinalIgnoreCase))
            {
                return Servers.Names;
            }
            Cmdlet cmdlet = Catalogue.Cmdlet(command);
            Parameter found = cmdlet == null ? null : cmdlet.Parameters.Find(delegate(Parameter p)
            {
                return string.Equals(p.Name, parameter, StringComparison.OrdinalIgnoreCase);
            });
            Described offer = found == null ? null : found.Part("offer");
            if (offer == null)
            {
                return new List<string>();
            }
            string name = Values.Text(bound == null ? null : bound["Server"]);
            Server server = Servers.Find(name == "" ? Values.Text(defaultServer) : name);
            return Offered(server, offer, word);
        }

        private static List<string> Offered(Server server, Described offer, string word)
        {
            Operation lister = Catalogue.Operation(offer.Text("operation"));
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            int cut = word.LastIndexOf('\\');
            string parent = cut <= 0 ? "\\" : word.Substring(0, cut);
            List<string> found = new List<string>();
            string folderInput = lister.FolderInput;
            if (folderInput != null && (cut >= 0 || offer.Text("within") != null))
            {
                inputs[folderInput] = parent;
                Described folders = lister.Part("offers").Part(folderInput);
                if (folders.Text("operation") != lister.Name)
                {
                    found.AddRange(Offered(server, folders, word));
                }
            }
            string pattern = lister.Text("pattern");
            if (pattern != null && lister.Input(pattern) != null)
            {
                inputs[pattern] = word.Substring(cut + 1) + "*";
            }
            found.AddRange(Asked(server, lister, inputs, offer.Text("member")));
            return found;
        }

        private static List<string> Asked(
            Server server, Operation lister, Dictionary<string, object> inputs, string member)
        {
            string key = server.Url + " " + lister.Name + " " + JsonWriter.Write(inputs);
            lock (Gate)
            {
                KeyValuePair<DateTime, List<string>> kept;
                if (Cache.TryGetValue(key, out kept) && kept.Key > DateTime.UtcNow)
                {
                    return kept.Value;
                }
            }
            Stopwatch watch = Stopwatch.StartNew();
            Caller caller = new Caller(server, delegate { return watch.Elapsed.TotalSeconds > Patience; });
            List<string> found;
            try
            {
                found = caller.List(lister, inputs).ConvertAll(
                    delegate(object item) { return Values.Text(Values.Property(item, member)); });
            }
            catch (PipelineStoppedException)
            {
                return new List<string>();
            }
            lock (Gate)
            {
                if (Cache.Count > 200)
                {
                    Cache.Clear();
                }
                Cache[key] = new KeyValuePair<DateTime, List<string>>(DateTime.UtcNow.AddSeconds(FreshSeconds), found);
            }
            return found;
        }

        private static string Quoted(string value)
        {
            foreach (char letter in value)
            {
                if (!char.IsLetterOrDigit(letter) && "\\._-:/".IndexOf(letter) < 0)
                {
                    return "'" + value.Replace("'", "''") + "'";
                }
            }
            return value;
        }
    }
}
