namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Management.Automation;

    /// <summary>One cmdlet being run in a pipeline: a function of the module hands over to this.</summary>
    public sealed class Invocation
    {
        private static readonly string[] Preferences =
        {
            "ErrorActionPreference", "WarningPreference", "VerbosePreference", "DebugPreference",
            "InformationPreference", "ProgressPreference", "ConfirmPreference", "WhatIfPreference",
        };

        private readonly HashSet<string> typed;
        private readonly List<object> waiting = new List<object>();
        private readonly List<Hashtable> later = new List<Hashtable>();
        private Hashtable gathered;
        private ParameterSet gatheredSet;

        private Invocation(PSCmdlet shell)
        {
            Shell = shell;
            Cmdlet = Catalogue.Cmdlet(shell.MyInvocation.MyCommand.Name);
            typed = new HashSet<string>(shell.MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        }

        /// <summary>The function that runs.</summary>
        internal PSCmdlet Shell { get; private set; }

        /// <summary>What it shall do.</summary>
        internal Cmdlet Cmdlet { get; private set; }

        /// <summary>Begin to run the function that calls.</summary>
        /// <param name="shell">Its <c>$PSCmdlet</c>.</param>
        /// <param name="own">Its session state, into which the caller's preferences are taken.</param>
        public static Invocation Begin(PSCmdlet shell, SessionState own)
        {
            TakePreferences(shell, own);
            return new Invocation(shell);
        }

        /// <summary>
        /// Let the preferences of whoever calls hold in the function: a module's functions do not see the
        /// variables of a script by themselves.
        /// </summary>
        public static void TakePreferences(PSCmdlet shell, SessionState own)
        {
            foreach (string name in Preferences)
            {
                object theirs = shell.SessionState.PSVariable.GetValue(name);
                if (theirs != null && !theirs.Equals(own.PSVariable.GetValue(name)))
                {
                    own.PSVariable.Set(name, theirs);
                }
            }
        }

        /// <summary>The server that a call means: named, else $JAMSDefaultServer, else the one connected to.</summary>
        public static Server ServerOf(PSCmdlet shell, string name)
        {
            if (string.IsNullOrEmpty(name))
            {
                name = Values.Text(shell.SessionState.PSVariable.GetValue("JAMSDefaultServer"));
            }
            return Servers.Find(name);
        }

        /// <summary>Run it for the parameters as they are bound now.</summary>
        /// <param name="parameters">The function's <c>$PSBoundParameters</c>.</param>
        /// <param name="piped">The object that was piped, if one was.</param>
        public void Process(IDictionary parameters, object piped)
        {
            if (piped == null && Shell.MyInvocation.ExpectingInput)
            {
                // Nothing is named, which is not the same as everything.
                Shell.WriteError(Piped.Unbound(null));
                return;
            }
            Hashtable bound = new Hashtable(parameters, StringComparer.OrdinalIgnoreCase);
            ParameterSet chosen = Cmdlet.Set(Shell.ParameterSetName);
            if (chosen.Operation.Text("gathers") != null)
            {
                Gather(chosen, bound);
                return;
            }
            ParameterSet set = new Piped(Cmdlet, typed, bound, piped).Meant(chosen);
            if (set == null)
            {
                Shell.WriteError(Piped.Unbound(piped));
                return;
            }
            if (Filling.IsWanted(bound) && !Filled(set, bound))
            {
                return;
            }
            if (bound.Contains("AsJob") && LanguagePrimitives.IsTrue(bound["AsJob"]))
            {
                later.Add(bound);
                return;
            }
            try
            {
                Call call = new Call(this, set, bound);
                if (set.Operation.Ending != null)
                {
                    foreach (object key in call.Keys())
                    {
                        waiting.Add(new KeyValuePair<Call, object>(call, key));
                    }
                }
                else
                {
                    call.Run();
                }
            }
            catch (JAMSException error)
            {
                Error(error, null);
            }
        }

        /// <summary>Fill names and values from the caller's variables; false if the server refuses to tell the names.</summary>
        private bool Filled(ParameterSet set, Hashtable bound)
        {
            try
            {
                new Filling(new Call(this, set, bound)).Fill(bound);
                return true;
            }
            catch (JAMSException error)
            {
                Error(error, null);
                return false;
            }
        }

        /// <summary>Keep the objects that are piped, for one call when all are there.</summary>
        private void Gather(ParameterSet set, Hashtable bound)
        {
            Parameter kinds = Cmdlet.Parameters.Find(
                delegate(Parameter p) { return p.Is("kinds") && p.Sets.Contains(set.Name); });
            List<object> more = Values.List(bound[kinds.Name]);
            if (gathered == null)
            {
                gathered = bound;
                gatheredSet = set;
                bound[kinds.Name] = more;
                return;
            }
            ((List<object>)gathered[kinds.Name]).AddRange(more);
        }

        /// <summary>Do what is left when the pipeline has given everything.</summary>
        public void End()
        {
            if (gathered != null)
            {
                try
                {
                    new Call(this, gatheredSet, gathered).Run();
                }
                catch (JAMSException error)
                {
                    Error(error, null);
                }
            }
            if (later.Count > 0)
            {
                BackgroundJob job = new BackgroundJob(Cmdlet.Name, Shell.MyInvocation.Line, later);
                Shell.JobRepository.Add(job);
                Shell.WriteObject(job);
                job.Start();
            }
            if (waiting.Count > 0)
            {
                new Waiting(this).For(waiting);
            }
        }

        /// <summary>Write an error that ends nothing.</summary>
        internal void Error(JAMSException error, object target)
        {
            Shell.WriteError(error.Record(target));
        }

        /// <summary>Whether Ctrl+C was pressed.</summary>
        internal bool Stopping()
        {
            return Shell.Stopping;
        }
    }
}
