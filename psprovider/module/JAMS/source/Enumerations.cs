// Written by `python run.py generate` from the interface's enumerations.
namespace MVPSI.JAMS
{
#pragma warning disable 1591
    /// <summary>The areas of a server in which rights are given; some published ones hold none here.</summary>
    public enum AccessObject
    {
        None = 0,
        AccessControl = 1,
        AgentDefinitions = 2,
        AlertDefinitions = 3,
        CalendarDefinitions = 4,
        Configuration = 5,
        CredentialDefinitions = 6,
        FolderDefinitions = 7,
        History = 8,
        JobDefinitions = 9,
        MenuDefinitions = 10,
        Monitor = 11,
        NamedTimeDefinitions = 12,
        QueueDefinitions = 13,
        Reporting = 14,
        ResourceDefinitions = 15,
        ServerAccess = 16,
        TriggerDefinitions = 17,
        VariableDefinitions = 18,
    }

    /// <summary>The operating system behind an agent.</summary>
    public enum AgentPlatform
    {
        Windows = 0,
        Unix = 1,
        Unknown = 2,
    }

    /// <summary>The connection to an agent.</summary>
    public enum AgentState
    {
        Connected = 0,
        Connecting = 1,
        Disconnected = 2,
        Disconnecting = 3,
        Dropped = 4,
        Failed = 5,
        Idle = 6,
        Offline = 7,
        Online = 8,
        Throttled = 9,
        Timeout = 10,
        Unauthenticated = 11,
        Unknown = 12,
        Unreachable = 13,
    }

    /// <summary>How the scheduler reaches an agent. WinRM, a Windows host without an agent, is ours.</summary>
    public enum AgentType
    {
        Local = 0,
        Incoming = 1,
        Outgoing = 2,
        SSH = 3,
        SSHAgentX = 4,
        Passive = 5,
        WinRM = 6,
    }

    /// <summary>Which of the points that passed while the scheduler was away run late.</summary>
    public enum CatchUp
    {
        None = 0,
        Latest = 1,
        All = 2,
        AtMost = 3,
    }

    /// <summary>How the value of a variable is compared.</summary>
    public enum ComparisonOperator
    {
        Equal = 0,
        NotEqual = 1,
        LessThan = 2,
        LessThanOrEqual = 3,
        GreaterThan = 4,
        GreaterThanOrEqual = 5,
    }

    /// <summary>The type of a variable or parameter.</summary>
    public enum DataType
    {
        Unknown = 0,
        Text = 1,
        Integer = 2,
        Float = 3,
        Date = 4,
        Time = 5,
        DateTime = 6,
        Boolean = 7,
    }

    /// <summary>What sort of element it is.</summary>
    public enum ElementKind
    {
        Trigger = 0,
        Prerequisite = 1,
        Result = 2,
        EventHandler = 3,
        Documentation = 4,
        Task = 5,
        TaskComponent = 6,
    }

    /// <summary>Where an entry stands in its life, in order (semantics 2.4).</summary>
    public enum EntryState
    {
        Scheduled = 0,
        Held = 1,
        Timed = 2,
        StepWait = 3,
        DependencyWait = 4,
        PrecheckWait = 5,
        ResourceWait = 6,
        Pending = 7,
        Starting = 8,
        Executing = 9,
        Idle = 10,
        Completing = 11,
        Complete = 12,
    }

    /// <summary>How much an event matters.</summary>
    public enum EventClass
    {
        Normal = 0,
        Low = 1,
        Moderate = 2,
        High = 3,
        Urgent = 4,
        Critical = 5,
    }

    /// <summary>Which exit codes are good (semantics 4.4).</summary>
    public enum ExitCodeHandling
    {
        ZeroIsGood = 0,
        OneIsGood = 1,
        PositiveIsGood = 2,
        OddIsGood = 3,
        EvenIsGood = 4,
        MinimumValue = 5,
        MaximumValue = 6,
        Range = 7,
        SpecificGood = 8,
        SpecificBad = 9,
        MessageCode = 10,
        OpenVMSMessageCode = 11,
        SetByHost = 12,
    }

    /// <summary>What a member that failed does to its setup or sequence.</summary>
    public enum FailureAction
    {
        Halt = 0,
        Fail = 1,
        Continue = 2,
    }

    /// <summary>Whether a file must be there, or must not.</summary>
    public enum FilePresence
    {
        Present = 0,
        Absent = 1,
    }

    /// <summary>The icon an entry shows.</summary>
    public enum Icon
    {
        Default = 0,
        Held = 1,
        Question = 2,
        Red = 3,
    }

    /// <summary>Where an inherited value comes from.</summary>
    public enum InheritedFromType
    {
        NotInherited = 0,
        Folder = 1,
        Job = 2,
        Method = 3,
        ElementType = 4,
    }

    /// <summary>What made an entry, when it was not a person or a program.</summary>
    public enum InitiatorType
    {
        Unknown = 0,
        Schedule = 1,
        Precheck = 2,
        Setup = 3,
        Sequence = 4,
        Recovery = 5,
        Notify = 6,
        MailWatch = 7,
        SubmitActivity = 8,
        CustomElement = 9,
        Trigger = 10,
    }

    /// <summary>How far a setup or sequence has come with a member.</summary>
    public enum MemberStage
    {
        Waits = 0,
        Reached = 1,
        Good = 2,
        Bad = 3,
        Failed = 4,
        Passed = 5,
    }

    /// <summary>How a property's value at a job joins the one that comes from above (class library reference).</summary>
    public enum MergeOption
    {
        Unknown = 0,
        Append = 1,
        Insert = 2,
        Combine = 3,
        Replace = 4,
        Inherit = 5,
        TakeFirst = 6,
        Highest = 7,
        Lowest = 8,
        Sum = 9,
    }

    /// <summary>What happens when a schedule window closes first.</summary>
    public enum MissedWindowAction
    {
        NoAction = 0,
        Continue = 1,
        Reschedule = 2,
        RescheduleOrContinue = 3,
        Restart = 4,
        Abort = 5,
    }

    /// <summary>Kinds of definitions, each with rights of an area.</summary>
    public enum ObjectType
    {
        Agent = 0,
        BatchQueue = 1,
        Calendar = 2,
        Folder = 3,
        Job = 4,
        Method = 5,
        NamedTime = 6,
        Resource = 7,
        Trigger = 8,
        Variable = 9,
        Alert = 10,
        Menu = 11,
        DateType = 12,
        Setting = 13,
        Setup = 14,
        Credential = 15,
    }

    /// <summary>Where a parameter is defined.</summary>
    public enum ParameterOrigin
    {
        Job = 0,
        Folder = 1,
        Method = 2,
    }

    /// <summary>What a release lets the entry pass by.</summary>
    public enum ReleaseType
    {
        None = 0,
        HaltedSetup = 1,
        ManualHold = 2,
        RunAgain = 3,
        StepWait = 4,
        TimedWait = 5,
        TimeSlotWait = 6,
        IgnoreDependencies = 7,
        IgnorePrecheck = 8,
        IgnoreResReq = 9,
        ExecutionWaitRetry = 10,
    }

    /// <summary>How long an ended entry stays in the monitor.</summary>
    public enum RetainOption
    {
        Default = 0,
        Always = 1,
        Never = 2,
        Error = 3,
        Timed = 4,
    }

    /// <summary>What is done with a run that takes too long.</summary>
    public enum RunawayAction
    {
        NoAction = 0,
        CancelSuccess = 1,
        CancelInfo = 2,
        CancelWarning = 3,
        CancelError = 4,
        CancelFatal = 5,
    }

    /// <summary>How a run ended, best first. A minimum severity is met by itself and everything better.</summary>
    public enum Severity
    {
        Success = 0,
        Info = 1,
        Warning = 2,
        Error = 3,
        Fatal = 4,
    }

    /// <summary>What a second entry of a job does while the first one is there.</summary>
    public enum SingleInstanceAction
    {
        NoAction = 0,
        Wait = 1,
        Cancel = 2,
    }

    /// <summary>How a parameter's value is checked.</summary>
    public enum ValidationType
    {
        None = 0,
        Range = 1,
        Regex = 2,
        Select = 3,
        MaskedEdit = 4,
        Directory = 5,
        OpenFile = 6,
        SaveFile = 7,
    }
#pragma warning restore 1591
}
