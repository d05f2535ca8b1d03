namespace MVPSI.JAMS
{
    using System;
    using MVPSI.JAMS.Module;

    /// <summary>An element whose properties have names of their own.</summary>
    public abstract class TypedElement : Element
    {
        /// <summary>An element of a type.</summary>
        protected TypedElement(string type)
        {
            ElementName = type;
            ElementTypeName = type;
        }

        /// <summary>The text of a property.</summary>
        protected string Text(string name)
        {
            return Values.Text(Properties.GetValue(name));
        }

        /// <summary>Give a property another value.</summary>
        protected void Put(string name, object value)
        {
            Properties.SetValue(name, value);
        }
    }

    /// <summary>Submits a job at times.</summary>
    public sealed class ScheduleTrigger : TypedElement
    {
        /// <summary>Without times yet.</summary>
        public ScheduleTrigger()
            : base("ScheduleTrigger")
        {
        }

        /// <summary>On days, as <c>every workday</c>, at a time of the day.</summary>
        public ScheduleTrigger(string scheduledDate, string scheduledTime)
            : this()
        {
            ScheduledDate = scheduledDate;
            ScheduledTime = scheduledTime;
        }

        /// <summary>On days, as <c>every workday</c>, at a time of the day.</summary>
        public ScheduleTrigger(string scheduledDate, TimeOfDay scheduledTime)
            : this(scheduledDate, scheduledTime.ToString())
        {
        }

        /// <summary>The days, in words.</summary>
        public string ScheduledDate { get { return Text("ScheduledDate"); } set { Put("ScheduledDate", value); } }

        /// <summary>The time of the day.</summary>
        public string ScheduledTime { get { return Text("ScheduledTime"); } set { Put("ScheduledTime", value); } }

        /// <summary>The days to leave out, in words.</summary>
        public string ExceptForDate { get { return Text("ExceptForDate"); } set { Put("ExceptForDate", value); } }

        /// <summary>Whether it submits anything.</summary>
        public bool Enabled
        {
            get { return !false.Equals(Properties.GetValue("Enabled")); }
            set { Put("Enabled", value); }
        }
    }

    /// <summary>Waits until another job has run.</summary>
    public sealed class JobDependency : TypedElement
    {
        /// <summary>Without a job yet.</summary>
        public JobDependency()
            : base("JobDependency")
        {
        }

        /// <summary>On a job, by its path.</summary>
        public JobDependency(string jobName)
            : this()
        {
            DependOnJobName = jobName;
        }

        /// <summary>The path of the job.</summary>
        public string DependOnJobName { get { return Text("DependOnJobName"); } set { Put("DependOnJobName", value); } }
    }

    /// <summary>Tells of an entry that waits too long.</summary>
    public sealed class StalledEvent : TypedElement
    {
        /// <summary>Without a time yet.</summary>
        public StalledEvent()
            : base("StalledEvent")
        {
        }

        /// <summary>How long is too long.</summary>
        public string Elapsed { get { return Text("Elapsed"); } set { Put("Elapsed", value); } }

        /// <summary>How much it matters.</summary>
        public string EventClass { get { return Text("EventClass"); } set { Put("EventClass", value); } }

        /// <summary>What is said.</summary>
        public string Message { get { return Text("Message"); } set { Put("Message", value); } }
    }

    /// <summary>Tells of a run that takes too long.</summary>
    public sealed class RunawayEvent : TypedElement
    {
        /// <summary>Without a time yet.</summary>
        public RunawayEvent()
            : base("RunawayEvent")
        {
        }

        /// <summary>How long is too long.</summary>
        public string Elapsed { get { return Text("Elapsed"); } set { Put("Elapsed", value); } }

        /// <summary>What is done.</summary>
        public string RunawayAction { get { return Text("RunawayAction"); } set { Put("RunawayAction", value); } }

        /// <summary>How much it matters.</summary>
        public string EventClass { get { return Text("EventClass"); } set { Put("EventClass", value); } }
    }
}
