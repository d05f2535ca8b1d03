namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.IO;
    using System.Management.Automation;

    /// <summary>A cmdlet that runs beside the session (-AsJob), in a runspace of its own in the same process.</summary>
    internal sealed class BackgroundJob : System.Management.Automation.Job
    {
        private readonly string command;
        private readonly List<Hashtable> calls;
        private readonly PowerShell shell = PowerShell.Create();

        internal BackgroundJob(string command, string line, List<Hashtable> calls)
            : base(line, command)
        {
            this.command = command;
            this.calls = calls;
            PSJobTypeName = "JAMSJob";
        }

        /// <summary>Whether it has output that nobody has received.</summary>
        public override bool HasMoreData
        {
            get { return Output.Count > 0 || Error.Count > 0 || Verbose.Count > 0 || Warning.Count > 0; }
        }

        /// <summary>Where it runs.</summary>
        public override string Location
        {
            get { return "localhost"; }
        }

        /// <summary>Nothing: its state and streams tell all.</summary>
        public override string StatusMessage
        {
            get { return ""; }
        }

        /// <summary>End it.</summary>
        public override void StopJob()
        {
            shell.Stop();
        }

        internal void Start()
        {
            shell.AddScript(
                "param($module, $command, $calls) Import-Module $module; foreach ($call in $calls) { & $command @call }");
            foreach (Hashtable call in calls)
            {
                call.Remove("AsJob");
            }
            shell.AddArgument(Path.Combine(ModuleHost.Folder, "JAMS.psd1"));
            shell.AddArgument(command).AddArgument(calls.ToArray());
            shell.Streams.Error = Error;
            shell.Streams.Warning = Warning;
            shell.Streams.Verbose = Verbose;
            shell.Streams.Progress = Progress;
            shell.InvocationStateChanged += Changed;
            SetJobState(JobState.Running);
            shell.BeginInvoke<PSObject, PSObject>(null, Output);
        }

        /// <summary>Let go of the runspace.</summary>
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                shell.Dispose();
            }
            base.Dispose(disposing);
        }

        private void Changed(object sender, PSInvocationStateChangedEventArgs change)
        {
            switch (change.InvocationStateInfo.State)
            {
                case PSInvocationState.Completed:
                    SetJobState(JobState.Completed);
                    break;
                case PSInvocationState.Stopped:
                    SetJobState(JobState.Stopped);
                    break;
                case PSInvocationState.Failed:
                    Error.Add(new ErrorRecord(
                        change.InvocationStateInfo.Reason, "JobFailed", ErrorCategory.OperationStopped, command));
                    SetJobState(JobState.Failed);
                    break;
            }
        }
    }
}
