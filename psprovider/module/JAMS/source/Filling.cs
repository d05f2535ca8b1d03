namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Management.Automation;

    /// <summary>Fills names and values from variables of whoever calls: the switch -UseVariables.</summary>
    internal sealed class Filling
    {
        private const string Switch = "UseVariables";

        /// <summary>What PowerShell itself keeps in a variable, such as $Host, is nothing that a caller has set.</summary>
        private const ScopedItemOptions Automatic =
            ScopedItemOptions.Constant | ScopedItemOptions.ReadOnly | ScopedItemOptions.AllScope;

        private readonly Call call;

        internal Filling(Call call)
        {
            this.call = call;
        }

        internal static bool IsWanted(IDictionary bound)
        {
            return bound.Contains(Switch) && LanguagePrimitives.IsTrue(bound[Switch]);
        }

        /// <summary>Fill the parameter that takes names and values, in place of the switch. Raises JAMSException.</summary>
        internal void Fill(Hashtable bound)
        {
            bound.Remove(Switch);
            Described variables = call.Set.Operation.Part("variables");
            if (variables == null)
            {
                return;
            }
            Hashtable found = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (string name in Names(variables))
            {
                PSVariable variable = call.Shell.SessionState.PSVariable.Get(name);
                if (variable != null && variable.Value != null && (variable.Options & Automatic) == 0)
                {
                    object value = Values.Plain(variable.Value);
                    found[name] = value is ValueType ? value : Values.Text(value);
                }
            }
            string parameter = variables.Text("parameter");
            IDictionary given = bound[parameter] as IDictionary;
            foreach (DictionaryEntry entry in given ?? new Hashtable())
            {
                found[Values.Text(entry.Key)] = entry.Value;
            }
            bound[parameter] = found;
        }

        private List<string> Names(Described variables)
        {
            Operation telling = Catalogue.Operation(variables.Text("operation"));
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            inputs[telling.Key[0]] = call.InputsFor(call.Keys()[0])[telling.Key[0]];
            object document = call.Caller.Call(telling, inputs);
            return Values.List(Values.Property(document, variables.Text("member"))).ConvertAll(
                delegate(object item) { return Values.Text(Values.Property(item, variables.Text("name"))); });
        }
    }
}
