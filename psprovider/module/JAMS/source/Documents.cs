// Written by `python run.py generate` from the catalogue of operations.
namespace MVPSI.JAMS
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using MVPSI.JAMS.Module;

    /// <summary>One line of an access list: who, whether it came from above, the rights by name, how it passes down.</summary>
    public partial class ACE : Document
    {
        internal static readonly Shape Members = new Shape(
            "ACE",
            delegate { return new ACE(); },
            delegate { return new List<ACE>(); },
            new string[] {  },
            "identifier Identifier text",
            "accessList AccessList text many",
            "inherited Inherited boolean",
            "flags Flags any");

        internal override Shape Layout { get { return Members; } }

        /// <summary>An account, a group, * for everybody, or several of these with + between them.</summary>
        public string Identifier { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>The rights that it gives, by name.</summary>
        public List<string> AccessList { get { return Items<string>(1); } set { Set(1, value); } }

        /// <summary>Whether it is not the object's own; then it says nothing.</summary>
        public bool Inherited { get { return (bool)(Get(2) ?? false); } set { Set(2, value); } }

        /// <summary>Of a folder's line: for what it counts, by name or number: ThisFolderOnly 0, ThisFolderAndJobs 1, ThisFolderAndSubfolders 2, ThisFolderSubfoldersAndJobs 3, JobsOnly 9, SubfoldersOnly 10, SubfoldersAndJobsOnly 11.</summary>
        public object Flags { get { return Get(3); } set { Set(3, value); } }
    }

    /// <summary>An access list; the first line that names the caller decides.</summary>
    public partial class ACL : Document
    {
        internal static readonly Shape Members = new Shape(
            "ACL",
            delegate { return new ACL(); },
            delegate { return new List<ACL>(); },
            new string[] {  },
            "genericACL GenericACL ACE many");

        internal override Shape Layout { get { return Members; } }

        public List<ACE> GenericACL { get { return Items<ACE>(0); } set { Set(0, value); } }
    }

    /// <summary>How it was decided whether somebody may do something; hasErrors if he may not.</summary>
    public partial class AccessLog : Document
    {
        internal static readonly Shape Members = new Shape(
            "AccessLog",
            delegate { return new AccessLog(); },
            delegate { return new List<AccessLog>(); },
            new string[] {  },
            "hasErrors HasErrors boolean",
            "entries Entries AccessLogEntry many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Whether it may not be done.</summary>
        public bool HasErrors { get { return (bool)(Get(0) ?? false); } set { Set(0, value); } }

        /// <summary>The steps, the last of which decides.</summary>
        public List<AccessLogEntry> Entries { get { return Items<AccessLogEntry>(1); } set { Set(1, value); } }
    }

    /// <summary>A step of a decision.</summary>
    public partial class AccessLogEntry : Document
    {
        internal static readonly Shape Members = new Shape(
            "AccessLogEntry",
            delegate { return new AccessLogEntry(); },
            delegate { return new List<AccessLogEntry>(); },
            new string[] { "Message" },
            "sequenceNumber SequenceNumber integer",
            "traceLevel TraceLevel text Error|Warning|Info|Verbose",
            "message Message text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Its place, from 1 on.</summary>
        public long? SequenceNumber { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Error where it says that it may not be done.</summary>
        public string TraceLevel { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What was found, in a sentence.</summary>
        public string Message { get { return (string)Get(2); } set { Set(2, value); } }
    }

    /// <summary>An access token. expires_in is its life in seconds, as text, as published.</summary>
    public partial class AccessToken : Document
    {
        internal static readonly Shape Members = new Shape(
            "AccessToken",
            delegate { return new AccessToken(); },
            delegate { return new List<AccessToken>(); },
            new string[] {  },
            "access_token AccessToken text",
            "expires_in ExpiresIn text",
            "refresh_token RefreshToken text",
            "token_type TokenType text =Bearer");

        internal override Shape Layout { get { return Members; } }

        public string AccessTokenProperty { get { return (string)Get(0); } set { Set(0, value); } }

        public string ExpiresIn { get { return (string)Get(1); } set { Set(1, value); } }

        public string RefreshToken { get { return (string)Get(2); } set { Set(2, value); } }

        public string TokenType { get { return (string)Get(3); } set { Set(3, value); } }
    }

    /// <summary>An account: who may log in, and how. No password is ever shown.</summary>
    public partial class Account : Document
    {
        internal static readonly Shape Members = new Shape(
            "Account",
            delegate { return new Account(); },
            delegate { return new List<Account>(); },
            new string[] { "AccountName" },
            "accountID AccountID integer",
            "accountName AccountName text",
            "description Description text",
            "enabled Enabled boolean =true",
            "service Service boolean",
            "groups Groups text many",
            "source Source text",
            "hasPassword HasPassword boolean",
            "mustChangePassword MustChangePassword boolean",
            "passwordSetUTC PasswordSetUTC time",
            "passwordExpiresUTC PasswordExpiresUTC time",
            "oneTimeCodes OneTimeCodes boolean",
            "lockedUntilUTC LockedUntilUTC time",
            "lastLoginUTC LastLoginUTC time",
            "createdUTC CreatedUTC time",
            "lastChangeUTC LastChangeUTC time",
            "lastChangedBy LastChangedBy text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? AccountID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name by which its owner logs in.</summary>
        public string AccountName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Whether it is let in.</summary>
        public bool Enabled { get { return (bool)(Get(3) ?? false); } set { Set(3, value); } }

        /// <summary>Whether it is of a program, and logs in by tokens alone.</summary>
        public bool Service { get { return (bool)(Get(4) ?? false); } set { Set(4, value); } }

        /// <summary>The groups it is in.</summary>
        public List<string> Groups { get { return Items<string>(5); } set { Set(5, value); } }

        /// <summary>Where it comes from: local, or a directory or provider.</summary>
        public string Source { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>Whether it has a password here.</summary>
        public bool HasPassword { get { return (bool)(Get(7) ?? false); } set { Set(7, value); } }

        /// <summary>Whether its password is to be changed before anything else.</summary>
        public bool MustChangePassword { get { return (bool)(Get(8) ?? false); } set { Set(8, value); } }

        /// <summary>When its password was set.</summary>
        public DateTime? PasswordSetUTC { get { return (DateTime?)Get(9); } set { Set(9, value); } }

        /// <summary>When its password runs out, as the settings say.</summary>
        public DateTime? PasswordExpiresUTC { get { return (DateTime?)Get(10); } set { Set(10, value); } }

        /// <summary>Whether it takes a one-time code to log in by its password.</summary>
        public bool OneTimeCodes { get { return (bool)(Get(11) ?? false); } set { Set(11, value); } }

        /// <summary>Until when no password lets it in, for too many were wrong.</summary>
        public DateTime? LockedUntilUTC { get { return (DateTime?)Get(12); } set { Set(12, value); } }

        /// <summary>When a token was last given for its password.</summary>
        public DateTime? LastLoginUTC { get { return (DateTime?)Get(13); } set { Set(13, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? CreatedUTC { get { return (DateTime?)Get(14); } set { Set(14, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? LastChangeUTC { get { return (DateTime?)Get(15); } set { Set(15, value); } }

        /// <summary>Who has changed it.</summary>
        public string LastChangedBy { get { return (string)Get(16); } set { Set(16, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Account found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Account found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Account found, string name, long id, Server server)
        {
            found = Definitions.Load<Account>("get_account", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Account> Find(string pattern, Server server)
        {
            return Definitions.Find<Account>("list_accounts", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Account> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Account>("get_account", name, server);
        }
    }

    /// <summary>A group of accounts, which access lists may name.</summary>
    public partial class AccountGroup : Document
    {
        internal static readonly Shape Members = new Shape(
            "AccountGroup",
            delegate { return new AccountGroup(); },
            delegate { return new List<AccountGroup>(); },
            new string[] { "GroupName" },
            "groupID GroupID integer",
            "groupName GroupName text",
            "description Description text",
            "accounts Accounts text many",
            "passes Passes boolean");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? GroupID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the group.</summary>
        public string GroupName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>The accounts that are in it.</summary>
        public List<string> Accounts { get { return Items<string>(3); } set { Set(3, value); } }

        /// <summary>Whether its members may do everything.</summary>
        public bool Passes { get { return (bool)(Get(4) ?? false); } set { Set(4, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out AccountGroup found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out AccountGroup found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out AccountGroup found, string name, long id, Server server)
        {
            found = Definitions.Load<AccountGroup>("get_group", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<AccountGroup> Find(string pattern, Server server)
        {
            return Definitions.Find<AccountGroup>("list_groups", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<AccountGroup> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<AccountGroup>("get_group", name, server);
        }
    }

    /// <summary>A machine, or an account on one, that runs jobs. version is that of its software.</summary>
    public partial class Agent : Document
    {
        internal static readonly Shape Members = new Shape(
            "Agent",
            delegate { return new Agent(); },
            delegate { return new List<Agent>(); },
            new string[] { "AgentName" },
            "agentID AgentID integer",
            "agentName AgentName text",
            "description Description text",
            "agentType AgentType text =Local Local|Incoming|Outgoing|SSH|SSHAgentX|Passive|WinRM",
            "agentTypeName AgentTypeName text read",
            "agentPlatform AgentPlatform text =Unknown Windows|Unix|Unknown",
            "platformTypeName PlatformTypeName text read",
            "jobCount JobCount integer read",
            "jobLimit JobLimit integer =999999",
            "licenseAllocated LicenseAllocated boolean read",
            "licenseRequired LicenseRequired boolean read",
            "online Online boolean =true",
            "version Version text read",
            "timeOffset TimeOffset text read",
            "agentState AgentState text read =Unknown Connected|Connecting|Disconnected|Disconnecting|Dropped|Failed|Idle|Offline|Online|Throttled|Timeout|Unauthenticated|Unknown|Unreachable",
            "properties Properties PropertyValue many",
            "isExecutionAgent IsExecutionAgent boolean =true",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "definitionVersion DefinitionVersion integer version",
            "damage Damage text read",
            "acl Acl ACL",
            "notObeyed NotObeyed text many read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the agent.</summary>
        public long? AgentID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the agent, by which jobs refer to it.</summary>
        public string AgentName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>How it is reached; WinRM is a Windows host without an agent of its own.</summary>
        public string AgentType { get { return (string)Get(3); } set { Set(3, value); } }

        public string AgentTypeName { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>The system it runs.</summary>
        public string AgentPlatform { get { return (string)Get(5); } set { Set(5, value); } }

        public string PlatformTypeName { get { return (string)Get(6); } set { Set(6, value); } }

        public long? JobCount { get { return (long?)Get(7); } set { Set(7, value); } }

        /// <summary>How many jobs it runs at once, at most.</summary>
        public long? JobLimit { get { return (long?)Get(8); } set { Set(8, value); } }

        public bool LicenseAllocated { get { return (bool)(Get(9) ?? false); } set { Set(9, value); } }

        public bool LicenseRequired { get { return (bool)(Get(10) ?? false); } set { Set(10, value); } }

        /// <summary>Whether it takes jobs; entries of one that does not wait.</summary>
        public bool Online { get { return (bool)(Get(11) ?? false); } set { Set(11, value); } }

        public string Version { get { return (string)Get(12); } set { Set(12, value); } }

        public string TimeOffset { get { return (string)Get(13); } set { Set(13, value); } }

        public string AgentState { get { return (string)Get(14); } set { Set(14, value); } }

        /// <summary>How it is reached, such as Address: documents with propertyName and currentValue.</summary>
        public PropertyBag Properties { get { return Bag(15); } set { Set(15, value); } }

        /// <summary>Whether it runs jobs, as every agent of this server does.</summary>
        public bool IsExecutionAgent { get { return (bool)(Get(16) ?? false); } set { Set(16, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(17); } set { Set(17, value); } }

        public string LastChangedBy { get { return (string)Get(18); } set { Set(18, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? DefinitionVersion { get { return (long?)Get(19); } set { Set(19, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(20); } set { Set(20, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(21); } set { Set(21, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(22); } set { Set(22, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Agent found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Agent found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Agent found, string name, long id, Server server)
        {
            found = Definitions.Load<Agent>("get_agent", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Agent> Find(string pattern, Server server)
        {
            return Definitions.Find<Agent>("list_agents", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Agent> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Agent>("get_agent", name, server);
        }
    }

    /// <summary>A type or platform of agents, and whether this server has such agents run jobs.</summary>
    public partial class AgentKind : Document
    {
        internal static readonly Shape Members = new Shape(
            "AgentKind",
            delegate { return new AgentKind(); },
            delegate { return new List<AgentKind>(); },
            new string[] { "Name", "DisplayName" },
            "name Name text",
            "displayName DisplayName text",
            "description Description text",
            "kind Kind text =Platform",
            "obeyed Obeyed boolean =true",
            "notObeyed NotObeyed text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Its name, as documents of agents say it.</summary>
        public string Name { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>What it is called for people.</summary>
        public string DisplayName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Always Platform, as published.</summary>
        public string Kind { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>Whether such agents run jobs here.</summary>
        public bool Obeyed { get { return (bool)(Get(4) ?? false); } set { Set(4, value); } }

        /// <summary>Why this server does not do what it says; null when it does.</summary>
        public string NotObeyed { get { return (string)Get(5); } set { Set(5, value); } }
    }

    /// <summary>Tells people or programs of what happens to the entries of the jobs that name it.</summary>
    public partial class Alert : Document
    {
        internal static readonly Shape Members = new Shape(
            "Alert",
            delegate { return new Alert(); },
            delegate { return new List<Alert>(); },
            new string[] { "AlertName" },
            "alertID AlertID integer",
            "alertName AlertName text",
            "description Description text",
            "inheritanceName InheritanceName text",
            "events Events text many EntrySucceeded|EntryFailed|EntryShort|EntryStalled|EntryRunaway|EntryMissedWindow|ActivityTimeLimit",
            "handler Handler text =Mail Mail|WebHook|Job",
            "notifyNames NotifyNames text",
            "notifySubmitter NotifySubmitter boolean",
            "summaryText SummaryText text",
            "detailText DetailText text",
            "address Address text",
            "credentialName CredentialName text",
            "jobName JobName text",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "notObeyed NotObeyed text many read",
            "acl Acl ACL");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the alert.</summary>
        public long? AlertID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the alert, by which jobs and folders refer to it.</summary>
        public string AlertName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Alerts that share it, of folders and job, tell as one: their addresses and events add up, and the nearest has the words.</summary>
        public string InheritanceName { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>What it tells of.</summary>
        public List<string> Events { get { return Items<string>(4); } set { Set(4, value); } }

        /// <summary>How it tells.</summary>
        public string Handler { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>Mail addresses with commas between them; -* takes away those before it. Else those whom the job names.</summary>
        public string NotifyNames { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>Whether whoever submitted the entry by hand is written to as well.</summary>
        public bool NotifySubmitter { get { return (bool)(Get(7) ?? false); } set { Set(7, value); } }

        /// <summary>The subject, which may hold {{ values }}.</summary>
        public string SummaryText { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>The text, or HTML, which may hold {{ values }}; of a web hook, the JSON.</summary>
        public string DetailText { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>Of a WebHook: where, an address with https.</summary>
        public string Address { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>Of a WebHook: the credential whose password signs it.</summary>
        public string CredentialName { get { return (string)Get(11); } set { Set(11, value); } }

        /// <summary>Of a Job: path of the job that is submitted.</summary>
        public string JobName { get { return (string)Get(12); } set { Set(12, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(13); } set { Set(13, value); } }

        public string LastChangedBy { get { return (string)Get(14); } set { Set(14, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(15); } set { Set(15, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(16); } set { Set(16, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(17); } set { Set(17, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(18); } set { Set(18, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Alert found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Alert found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Alert found, string name, long id, Server server)
        {
            found = Definitions.Load<Alert>("get_alert", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Alert> Find(string pattern, Server server)
        {
            return Definitions.Find<Alert>("list_alerts", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Alert> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Alert>("get_alert", name, server);
        }
    }

    /// <summary>The access list of an area, as it was and as it is recommended.</summary>
    public partial class AreaAccess : Document
    {
        internal static readonly Shape Members = new Shape(
            "AreaAccess",
            delegate { return new AreaAccess(); },
            delegate { return new List<AreaAccess>(); },
            new string[] {  },
            "area Area text None|AccessControl|AgentDefinitions|AlertDefinitions|CalendarDefinitions|Configuration|CredentialDefinitions|FolderDefinitions|History|JobDefinitions|MenuDefinitions|Monitor|NamedTimeDefinitions|QueueDefinitions|Reporting|ResourceDefinitions|ServerAccess|TriggerDefinitions|VariableDefinitions",
            "changed Changed boolean",
            "before Before text",
            "recommended Recommended text",
            "strangers Strangers text many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>The area.</summary>
        public string Area { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Whether they differ, so that it was changed, or would be.</summary>
        public bool Changed { get { return (bool)(Get(1) ?? false); } set { Set(1, value); } }

        /// <summary>Who might do what.</summary>
        public string Before { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Who may do what by the table.</summary>
        public string Recommended { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>What the recommended list names that is no account or group here.</summary>
        public List<string> Strangers { get { return Items<string>(4); } set { Set(4, value); } }
    }

    /// <summary>An object that something has changed, with what differs.</summary>
    public partial class AuditChange : Document
    {
        internal static readonly Shape Members = new Shape(
            "AuditChange",
            delegate { return new AuditChange(); },
            delegate { return new List<AuditChange>(); },
            new string[] { "ObjectName" },
            "objectType ObjectType text",
            "objectID ObjectID integer",
            "objectName ObjectName text clears:objectID",
            "action Action text Added|Changed|Removed",
            "before Before text",
            "after After text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>What it is, as Job, Account or AccessRule.</summary>
        public string ObjectType { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Its number, if it has one.</summary>
        public long? ObjectID { get { return (long?)Get(1); } set { Set(1, value); } }

        /// <summary>What it is called; of what was removed, was called.</summary>
        public string ObjectName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Whether it was added, changed or removed.</summary>
        public string Action { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>What differs, as it was, as JSON; absent of what is new. Secrets are asterisks.</summary>
        public string Before { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>What differs, as it is, as JSON; absent of what was removed.</summary>
        public string After { get { return (string)Get(5); } set { Set(5, value); } }
    }

    /// <summary>Something of a chain that is not as it was written.</summary>
    public partial class AuditFinding : Document
    {
        internal static readonly Shape Members = new Shape(
            "AuditFinding",
            delegate { return new AuditFinding(); },
            delegate { return new List<AuditFinding>(); },
            new string[] { "Message" },
            "chain Chain text",
            "kind Kind text Changed|Deleted|Inserted|Truncated|Unsigned|Beyond",
            "link Link integer",
            "message Message text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>done, or refused.</summary>
        public string Chain { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>What has happened to it.</summary>
        public string Kind { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Number of the record in its chain; of several the first.</summary>
        public long? Link { get { return (long?)Get(2); } set { Set(2, value); } }

        /// <summary>The same in a sentence.</summary>
        public string Message { get { return (string)Get(3); } set { Set(3, value); } }
    }

    /// <summary>The last record of a chain of the audit trail.</summary>
    public partial class AuditHead : Document
    {
        internal static readonly Shape Members = new Shape(
            "AuditHead",
            delegate { return new AuditHead(); },
            delegate { return new List<AuditHead>(); },
            new string[] {  },
            "chain Chain text",
            "link Link integer",
            "hash Hash text",
            "text Text text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>done, or refused.</summary>
        public string Chain { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Number of the chain's last record; 0 without any.</summary>
        public long? Link { get { return (long?)Get(1); } set { Set(1, value); } }

        /// <summary>SHA-256 of that record, in hexadecimal.</summary>
        public string Hash { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>The head as it is given to verify_audit.</summary>
        public string Text { get { return (string)Get(3); } set { Set(3, value); } }
    }

    /// <summary>A line of the audit trail: something that was done or refused.</summary>
    public partial class AuditRecord : Document
    {
        internal static readonly Shape Members = new Shape(
            "AuditRecord",
            delegate { return new AuditRecord(); },
            delegate { return new List<AuditRecord>(); },
            new string[] { "Message", "UserName" },
            "auditTime AuditTime time",
            "userName UserName text",
            "message Message text",
            "objectType ObjectType text",
            "objectID ObjectID integer",
            "target Target text",
            "operation Operation text",
            "door Door text",
            "origin Origin text",
            "refusal Refusal text",
            "times Times integer =1",
            "damage Damage text read",
            "auditID AuditID integer",
            "link Link integer",
            "previous Previous text",
            "changed Changed integer",
            "changes Changes AuditChange many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? AuditTime { get { return (DateTime?)Get(0); } set { Set(0, value); } }

        public string UserName { get { return (string)Get(1); } set { Set(1, value); } }

        public string Message { get { return (string)Get(2); } set { Set(2, value); } }

        public string ObjectType { get { return (string)Get(3); } set { Set(3, value); } }

        public long? ObjectID { get { return (long?)Get(4); } set { Set(4, value); } }

        public string Target { get { return (string)Get(5); } set { Set(5, value); } }

        public string Operation { get { return (string)Get(6); } set { Set(6, value); } }

        public string Door { get { return (string)Get(7); } set { Set(7, value); } }

        public string Origin { get { return (string)Get(8); } set { Set(8, value); } }

        public string Refusal { get { return (string)Get(9); } set { Set(9, value); } }

        public long? Times { get { return (long?)Get(10); } set { Set(10, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(11); } set { Set(11, value); } }

        /// <summary>Number of the line.</summary>
        public long? AuditID { get { return (long?)Get(12); } set { Set(12, value); } }

        /// <summary>Number of the record in its chain: what was done, or what was refused.</summary>
        public long? Link { get { return (long?)Get(13); } set { Set(13, value); } }

        /// <summary>SHA-256 of the record before it in the chain, in hexadecimal.</summary>
        public string Previous { get { return (string)Get(14); } set { Set(14, value); } }

        /// <summary>How many objects it has changed.</summary>
        public long? Changed { get { return (long?)Get(15); } set { Set(15, value); } }

        /// <summary>These objects, the first thousand, with before and after of the first hundred.</summary>
        public List<AuditChange> Changes { get { return Items<AuditChange>(16); } set { Set(16, value); } }
    }

    /// <summary>Whether the audit trail is as it was written.</summary>
    public partial class AuditVerification : Document
    {
        internal static readonly Shape Members = new Shape(
            "AuditVerification",
            delegate { return new AuditVerification(); },
            delegate { return new List<AuditVerification>(); },
            new string[] { "Message" },
            "intact Intact boolean",
            "message Message text",
            "records Records integer",
            "findings Findings AuditFinding many",
            "heads Heads AuditHead many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Whether nothing was found.</summary>
        public bool Intact { get { return (bool)(Get(0) ?? false); } set { Set(0, value); } }

        /// <summary>The same in a sentence.</summary>
        public string Message { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Records that were looked at.</summary>
        public long? Records { get { return (long?)Get(2); } set { Set(2, value); } }

        /// <summary>What was found, the first hundred.</summary>
        public List<AuditFinding> Findings { get { return Items<AuditFinding>(3); } set { Set(3, value); } }

        /// <summary>The heads as they are now.</summary>
        public List<AuditHead> Heads { get { return Items<AuditHead>(4); } set { Set(4, value); } }
    }

    /// <summary>Which entry takes a backup.</summary>
    public partial class BackupResult : Document
    {
        internal static readonly Shape Members = new Shape(
            "BackupResult",
            delegate { return new BackupResult(); },
            delegate { return new List<BackupResult>(); },
            new string[] { "JamsEntry" },
            "resultText ResultText text",
            "jamsEntry JamsEntry integer");

        internal override Shape Layout { get { return Members; } }

        /// <summary>What is done, in a sentence.</summary>
        public string ResultText { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>The entry that takes the backup.</summary>
        public long? JamsEntry { get { return (long?)Get(1); } set { Set(1, value); } }
    }

    /// <summary>A queue lets only so many of its jobs run at once. Stopping one stops new starts, and nothing else.</summary>
    public partial class BatchQueue : Document
    {
        internal static readonly Shape Members = new Shape(
            "BatchQueue",
            delegate { return new BatchQueue(); },
            delegate { return new List<BatchQueue>(); },
            new string[] { "QueueName" },
            "queueID QueueID integer",
            "queueName QueueName text",
            "description Description text",
            "jobCount JobCount integer read",
            "jobLimit JobLimit integer =999999",
            "started Started boolean =true",
            "startedOn StartedOn QueueAgent many",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "notObeyed NotObeyed text many read",
            "acl Acl ACL");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the queue.</summary>
        public long? QueueID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the queue, by which jobs refer to it.</summary>
        public string QueueName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>How many of its jobs run now.</summary>
        public long? JobCount { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>How many of its jobs run at once, at most.</summary>
        public long? JobLimit { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>Whether it lets jobs start; those that run go on when it is stopped.</summary>
        public bool Started { get { return (bool)(Get(5) ?? false); } set { Set(5, value); } }

        /// <summary>The agents that run its jobs, the one with the fewest first: documents with agentName. With none, each job says for itself.</summary>
        public List<QueueAgent> StartedOn { get { return Items<QueueAgent>(6); } set { Set(6, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(7); } set { Set(7, value); } }

        public string LastChangedBy { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(9); } set { Set(9, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(11); } set { Set(11, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(12); } set { Set(12, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out BatchQueue found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out BatchQueue found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out BatchQueue found, string name, long id, Server server)
        {
            found = Definitions.Load<BatchQueue>("get_queue", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<BatchQueue> Find(string pattern, Server server)
        {
            return Definitions.Find<BatchQueue>("list_queues", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<BatchQueue> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<BatchQueue>("get_queue", name, server);
        }
    }

    /// <summary>Date types that belong together. The calendar Default is always there.</summary>
    public partial class Calendar : Document
    {
        internal static readonly Shape Members = new Shape(
            "Calendar",
            delegate { return new Calendar(); },
            delegate { return new List<Calendar>(); },
            new string[] { "CalendarName" },
            "calendarID CalendarID integer",
            "calendarName CalendarName text",
            "description Description text",
            "colorName ColorName text",
            "dateTypes DateTypes DateType many read",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "acl Acl ACL",
            "notObeyed NotObeyed text many read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the calendar.</summary>
        public long? CalendarID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the calendar.</summary>
        public string CalendarName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>The colour in which its dates are shown.</summary>
        public string ColorName { get { return (string)Get(3); } set { Set(3, value); } }

        public List<DateType> DateTypes { get { return Items<DateType>(4); } set { Set(4, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(5); } set { Set(5, value); } }

        public string LastChangedBy { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(7); } set { Set(7, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(9); } set { Set(9, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(10); } set { Set(10, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Calendar found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Calendar found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Calendar found, string name, long id, Server server)
        {
            found = Definitions.Load<Calendar>("get_calendar", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Calendar> Find(string pattern, Server server)
        {
            return Definitions.Find<Calendar>("list_calendars", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Calendar> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Calendar>("get_calendar", name, server);
        }
    }

    /// <summary>What an import did, or would do (dryRun).</summary>
    public partial class CalendarImport : Document
    {
        internal static readonly Shape Members = new Shape(
            "CalendarImport",
            delegate { return new CalendarImport(); },
            delegate { return new List<CalendarImport>(); },
            new string[] { "CalendarName" },
            "calendarName CalendarName text",
            "dryRun DryRun boolean",
            "added Added integer",
            "changed Changed integer",
            "same Same integer",
            "kept Kept integer",
            "newDateTypes NewDateTypes text many",
            "dates Dates ImportedDate many",
            "removed Removed integer",
            "remarks Remarks text many");

        internal override Shape Layout { get { return Members; } }

        public string CalendarName { get { return (string)Get(0); } set { Set(0, value); } }

        public bool DryRun { get { return (bool)(Get(1) ?? false); } set { Set(1, value); } }

        public long? Added { get { return (long?)Get(2); } set { Set(2, value); } }

        public long? Changed { get { return (long?)Get(3); } set { Set(3, value); } }

        public long? Same { get { return (long?)Get(4); } set { Set(4, value); } }

        public long? Kept { get { return (long?)Get(5); } set { Set(5, value); } }

        public List<string> NewDateTypes { get { return Items<string>(6); } set { Set(6, value); } }

        public List<ImportedDate> Dates { get { return Items<ImportedDate>(7); } set { Set(7, value); } }

        /// <summary>Dates that an earlier version of the text had, and this one has not.</summary>
        public long? Removed { get { return (long?)Get(8); } set { Set(8, value); } }

        /// <summary>What its reader should know of the text, in sentences.</summary>
        public List<string> Remarks { get { return Items<string>(9); } set { Set(9, value); } }
    }

    /// <summary>What an authenticator needs to make one-time codes. Nobody can show it again.</summary>
    public partial class CodeSecret : Document
    {
        internal static readonly Shape Members = new Shape(
            "CodeSecret",
            delegate { return new CodeSecret(); },
            delegate { return new List<CodeSecret>(); },
            new string[] {  },
            "uri Uri text",
            "secret Secret text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Address for authenticators, otpauth://; as a QR code mostly.</summary>
        public string Uri { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>The secret in it, in base32, to be typed.</summary>
        public string Secret { get { return (string)Get(1); } set { Set(1, value); } }
    }

    /// <summary>An account of another system, or of this machine, with its password or a pair of keys or both.</summary>
    public partial class Credential : Document
    {
        internal static readonly Shape Members = new Shape(
            "Credential",
            delegate { return new Credential(); },
            delegate { return new List<Credential>(); },
            new string[] { "CredentialName" },
            "credentialID CredentialID integer",
            "credentialName CredentialName text",
            "description Description text",
            "logonUserName LogonUserName text",
            "password Password text secret",
            "keyFileContent KeyFileContent text secret",
            "keyFilePassword KeyFilePassword text secret",
            "passwordChangedUTC PasswordChangedUTC time read",
            "keyType KeyType text read RSA|ECDSA|Ed25519",
            "keyLength KeyLength integer read",
            "publicKey PublicKey text read",
            "fingerprint Fingerprint text read",
            "owner Owner text read",
            "localAccount LocalAccount boolean read",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "notObeyed NotObeyed text many read",
            "acl Acl ACL");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the credential.</summary>
        public long? CredentialID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the credential.</summary>
        public string CredentialName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>The account as the other system knows it, with its domain or host where it has one; the name of the credential, if none is given.</summary>
        public string LogonUserName { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>The password, which is never shown. Left out or null, it stays; an empty text takes it away.</summary>
        public object Password { get { return Get(4); } set { Set(4, value); } }

        /// <summary>A private key to be stored, as a file of OpenSSH or PEM holds it; it is never shown. Left out or null, the keys stay; an empty text takes them away.</summary>
        public object KeyFileContent { get { return Get(5); } set { Set(5, value); } }

        /// <summary>The passphrase of keyFileContent, if it has one. It is not stored.</summary>
        public object KeyFilePassword { get { return Get(6); } set { Set(6, value); } }

        /// <summary>When the password was set; null where there is none.</summary>
        public DateTime? PasswordChangedUTC { get { return (DateTime?)Get(7); } set { Set(7, value); } }

        /// <summary>By what its keys are made; null where it has none.</summary>
        public string KeyType { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>Bits of its keys; 0 where it has none.</summary>
        public long? KeyLength { get { return (long?)Get(9); } set { Set(9, value); } }

        /// <summary>The public key, as a line of authorized_keys; null where there is none.</summary>
        public string PublicKey { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>The fingerprint of the public key, as ssh-keygen shows it.</summary>
        public string Fingerprint { get { return (string)Get(11); } set { Set(11, value); } }

        /// <summary>Who has made it, and may let work run by it where it has no access list.</summary>
        public string Owner { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>Whether runs on the machine of the server may take that account: somebody with the right AccessControl.Change has named it.</summary>
        public bool LocalAccount { get { return (bool)(Get(13) ?? false); } set { Set(13, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(14); } set { Set(14, value); } }

        public string LastChangedBy { get { return (string)Get(15); } set { Set(15, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(16); } set { Set(16, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(17); } set { Set(17, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(18); } set { Set(18, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(19); } set { Set(19, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Credential found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Credential found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Credential found, string name, long id, Server server)
        {
            found = Definitions.Load<Credential>("get_credential", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Credential> Find(string pattern, Server server)
        {
            return Definitions.Find<Credential>("list_credentials", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Credential> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Credential>("get_credential", name, server);
        }
    }

    /// <summary>An account with its password, for who has the right to get it.</summary>
    public partial class CredentialPassword : Document
    {
        internal static readonly Shape Members = new Shape(
            "CredentialPassword",
            delegate { return new CredentialPassword(); },
            delegate { return new List<CredentialPassword>(); },
            new string[] { "CredentialName" },
            "credentialName CredentialName text",
            "logonUserName LogonUserName text",
            "password Password text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Name of the credential.</summary>
        public string CredentialName { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>The account.</summary>
        public string LogonUserName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Its password.</summary>
        public string Password { get { return (string)Get(2); } set { Set(2, value); } }
    }

    /// <summary>One date of a date type; of a continuous type, the first day of a period.</summary>
    public partial class Date : Document
    {
        internal static readonly Shape Members = new Shape(
            "Date",
            delegate { return new Date(); },
            delegate { return new List<Date>(); },
            new string[] {  },
            "dateTypeID DateTypeID integer read",
            "dateTypeType DateTypeType text read",
            "startDate StartDate day",
            "specificType SpecificType text",
            "description Description text",
            "workDay WorkDay text =NotSpecified True|False|NotSpecified",
            "source Source text",
            "lastChangeUTC LastChangeUTC time read",
            "damage Damage text read");

        internal override Shape Layout { get { return Members; } }

        public long? DateTypeID { get { return (long?)Get(0); } set { Set(0, value); } }

        public string DateTypeType { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>A day, written YYYY-MM-DD.</summary>
        public DateTime? StartDate { get { return (DateTime?)Get(2); } set { Set(2, value); } }

        public string SpecificType { get { return (string)Get(3); } set { Set(3, value); } }

        public string Description { get { return (string)Get(4); } set { Set(4, value); } }

        public string WorkDay { get { return (string)Get(5); } set { Set(5, value); } }

        public string Source { get { return (string)Get(6); } set { Set(6, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(7); } set { Set(7, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(8); } set { Set(8, value); } }
    }

    /// <summary>One date of a date type. source names where an imported date comes from.</summary>
    public partial class DateDefinition : Document
    {
        internal static readonly Shape Members = new Shape(
            "DateDefinition",
            delegate { return new DateDefinition(); },
            delegate { return new List<DateDefinition>(); },
            new string[] {  },
            "dateType DateType text",
            "date Date day",
            "specificType SpecificType text",
            "description Description text",
            "workday Workday text =Maybe True|False|Maybe",
            "source Source text");

        internal override Shape Layout { get { return Members; } }

        public string DateType { get { return (string)Get(0); } set { Set(0, value); } }

        public DateTime? Date { get { return (DateTime?)Get(1); } set { Set(1, value); } }

        public string SpecificType { get { return (string)Get(2); } set { Set(2, value); } }

        public string Description { get { return (string)Get(3); } set { Set(3, value); } }

        public string Workday { get { return (string)Get(4); } set { Set(4, value); } }

        public string Source { get { return (string)Get(5); } set { Set(5, value); } }
    }

    /// <summary>What one text of several means: a day, or the error that says why there is none.</summary>
    public partial class DateEvaluation : Document
    {
        internal static readonly Shape Members = new Shape(
            "DateEvaluation",
            delegate { return new DateEvaluation(); },
            delegate { return new List<DateEvaluation>(); },
            new string[] {  },
            "text Text text",
            "result Result day",
            "error Error ErrorDocument");

        internal override Shape Layout { get { return Members; } }

        public string Text { get { return (string)Get(0); } set { Set(0, value); } }

        public DateTime? Result { get { return (DateTime?)Get(1); } set { Set(1, value); } }

        public ErrorDocument Error { get { return (ErrorDocument)Get(2); } set { Set(2, value); } }
    }

    /// <summary>What a text means and why: which rules and definitions decided, step by step.</summary>
    public partial class DateExplanation : Document
    {
        internal static readonly Shape Members = new Shape(
            "DateExplanation",
            delegate { return new DateExplanation(); },
            delegate { return new List<DateExplanation>(); },
            new string[] {  },
            "text Text text",
            "canonical Canonical text",
            "reading Reading text Value|Schedule",
            "today Today day",
            "result Result day",
            "runs Runs boolean",
            "item Item text",
            "steps Steps Step many",
            "error Error ErrorDocument",
            "summary Summary text",
            "hints Hints text many");

        internal override Shape Layout { get { return Members; } }

        public string Text { get { return (string)Get(0); } set { Set(0, value); } }

        public string Canonical { get { return (string)Get(1); } set { Set(1, value); } }

        public string Reading { get { return (string)Get(2); } set { Set(2, value); } }

        public DateTime? Today { get { return (DateTime?)Get(3); } set { Set(3, value); } }

        public DateTime? Result { get { return (DateTime?)Get(4); } set { Set(4, value); } }

        public bool Runs { get { return (bool)(Get(5) ?? false); } set { Set(5, value); } }

        public string Item { get { return (string)Get(6); } set { Set(6, value); } }

        public List<Step> Steps { get { return Items<Step>(7); } set { Set(7, value); } }

        public ErrorDocument Error { get { return (ErrorDocument)Get(8); } set { Set(8, value); } }

        public string Summary { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>Of a schedule: where its text means something else than it seems to say.</summary>
        public List<string> Hints { get { return Items<string>(10); } set { Set(10, value); } }
    }

    /// <summary>A kind of date (HOLIDAY), or of period where continuous (FISCAL), in a calendar.</summary>
    public partial class DateType : Document
    {
        internal static readonly Shape Members = new Shape(
            "DateType",
            delegate { return new DateType(); },
            delegate { return new List<DateType>(); },
            new string[] { "CalendarName" },
            "dateTypeID DateTypeID integer",
            "dateTypeType DateTypeType text",
            "calendarID CalendarID integer",
            "calendarName CalendarName text clears:calendarID",
            "description Description text",
            "continuous Continuous boolean",
            "specificTypes SpecificTypes SpecificType many",
            "dateTypeLinks DateTypeLinks DateTypeLink many",
            "dates Dates Date many",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the date type.</summary>
        public long? DateTypeID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the date type, as the date language uses it: HOLIDAY.</summary>
        public string DateTypeType { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Number of its calendar; goes before the name, if both are given.</summary>
        public long? CalendarID { get { return (long?)Get(2); } set { Set(2, value); } }

        /// <summary>Its calendar; a new one is in the default one, if none is given.</summary>
        public string CalendarName { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>Whether a date lasts until the next one, as fiscal periods do.</summary>
        public bool Continuous { get { return (bool)(Get(5) ?? false); } set { Set(5, value); } }

        /// <summary>Names that its dates may bear: documents with specificType and sequence.</summary>
        public List<SpecificType> SpecificTypes { get { return Items<SpecificType>(6); } set { Set(6, value); } }

        /// <summary>Date types whose dates it includes: documents with dateTypeType and calendarName.</summary>
        public List<DateTypeLink> DateTypeLinks { get { return Items<DateTypeLink>(7); } set { Set(7, value); } }

        /// <summary>Its dates, in place of those that are there: documents with startDate and more.</summary>
        public List<Date> Dates { get { return Items<Date>(8); } set { Set(8, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(9); } set { Set(9, value); } }

        public string LastChangedBy { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(11); } set { Set(11, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out DateType found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out DateType found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out DateType found, string name, long id, Server server)
        {
            found = Definitions.Load<DateType>("get_date_type", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<DateType> Find(string pattern, Server server)
        {
            return Definitions.Find<DateType>("list_date_types", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<DateType> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<DateType>("get_date_type", name, server);
        }
    }

    /// <summary>A date type whose dates another one includes, by its number, or by its name and its calendar's.</summary>
    public partial class DateTypeLink : Document
    {
        internal static readonly Shape Members = new Shape(
            "DateTypeLink",
            delegate { return new DateTypeLink(); },
            delegate { return new List<DateTypeLink>(); },
            new string[] { "CalendarName" },
            "dateTypeID DateTypeID integer",
            "dateTypeType DateTypeType text",
            "calendarID CalendarID integer",
            "calendarName CalendarName text clears:calendarID");

        internal override Shape Layout { get { return Members; } }

        public long? DateTypeID { get { return (long?)Get(0); } set { Set(0, value); } }

        public string DateTypeType { get { return (string)Get(1); } set { Set(1, value); } }

        public long? CalendarID { get { return (long?)Get(2); } set { Set(2, value); } }

        public string CalendarName { get { return (string)Get(3); } set { Set(3, value); } }
    }

    /// <summary>A definition that an import found, and what is done with it.</summary>
    public partial class DefinitionChange : Document
    {
        internal static readonly Shape Members = new Shape(
            "DefinitionChange",
            delegate { return new DefinitionChange(); },
            delegate { return new List<DefinitionChange>(); },
            new string[] { "Name" },
            "action Action text Add|Change|Same",
            "type Type text",
            "name Name text",
            "differences Differences MemberDifference many");

        internal override Shape Layout { get { return Members; } }

        public string Action { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>What it is: folder, job, calendar …</summary>
        public string Type { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Its path, or its name where it lies in no folder.</summary>
        public string Name { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>In what it differs from what is there.</summary>
        public List<MemberDifference> Differences { get { return Items<MemberDifference>(3); } set { Set(3, value); } }
    }

    /// <summary>What an import of definitions did, or would do (dryRun).</summary>
    public partial class DefinitionImport : Document
    {
        internal static readonly Shape Members = new Shape(
            "DefinitionImport",
            delegate { return new DefinitionImport(); },
            delegate { return new List<DefinitionImport>(); },
            new string[] {  },
            "dryRun DryRun boolean",
            "added Added integer",
            "changed Changed integer",
            "same Same integer",
            "changes Changes DefinitionChange many",
            "remarks Remarks text many");

        internal override Shape Layout { get { return Members; } }

        public bool DryRun { get { return (bool)(Get(0) ?? false); } set { Set(0, value); } }

        public long? Added { get { return (long?)Get(1); } set { Set(1, value); } }

        public long? Changed { get { return (long?)Get(2); } set { Set(2, value); } }

        public long? Same { get { return (long?)Get(3); } set { Set(3, value); } }

        public List<DefinitionChange> Changes { get { return Items<DefinitionChange>(4); } set { Set(4, value); } }

        /// <summary>What its reader should know of the text, in sentences.</summary>
        public List<string> Remarks { get { return Items<string>(5); } set { Set(5, value); } }
    }

    /// <summary>A span of time; totalSeconds -1 means that the span is not set.</summary>
    public partial class Duration : Document
    {
        internal static readonly Shape Members = new Shape(
            "Duration",
            delegate { return new Duration(); },
            delegate { return new List<Duration>(); },
            new string[] {  },
            "totalSeconds TotalSeconds integer =-1");

        internal override Shape Layout { get { return Members; } }

        public long? TotalSeconds { get { return (long?)Get(0); } set { Set(0, value); } }
    }

    /// <summary>A trigger, event handler, task or other element of a folder or job; stored and returned as given.</summary>
    public partial class Element : Document
    {
        internal static readonly Shape Members = new Shape(
            "Element",
            delegate { return new Element(); },
            delegate { return new List<Element>(); },
            new string[] { "ElementName" },
            "elementName ElementName text clears:elementId",
            "elementTypeName ElementTypeName text clears:elementTypeId",
            "elementTypeId ElementTypeId integer read",
            "elementId ElementId integer",
            "elementUid ElementUid text",
            "ownerUid OwnerUid text",
            "inherited Inherited boolean read",
            "inheritedFromType InheritedFromType text read =NotInherited NotInherited|Folder|Job|Method|ElementType",
            "inheritedFromId InheritedFromId integer read",
            "inheritedFromName InheritedFromName text read clears:inheritedFromId",
            "elementKind ElementKind text read =Unknown",
            "elementState ElementState text =Unknown",
            "properties Properties PropertyValue many",
            "writeToEntry WriteToEntry boolean",
            "writeToHistory WriteToHistory boolean",
            "tabName TabName text",
            "sortOrder SortOrder integer",
            "validateTypeNameSSO ValidateTypeNameSSO text",
            "formatString FormatString text",
            "addMenuText AddMenuText text",
            "categoryName CategoryName text",
            "categoryAddMenuText CategoryAddMenuText text",
            "categorySortOrder CategorySortOrder integer");

        internal override Shape Layout { get { return Members; } }

        public string ElementName { get { return (string)Get(0); } set { Set(0, value); } }

        public string ElementTypeName { get { return (string)Get(1); } set { Set(1, value); } }

        public long? ElementTypeId { get { return (long?)Get(2); } set { Set(2, value); } }

        public long? ElementId { get { return (long?)Get(3); } set { Set(3, value); } }

        public string ElementUid { get { return (string)Get(4); } set { Set(4, value); } }

        public string OwnerUid { get { return (string)Get(5); } set { Set(5, value); } }

        public bool Inherited { get { return (bool)(Get(6) ?? false); } set { Set(6, value); } }

        public string InheritedFromType { get { return (string)Get(7); } set { Set(7, value); } }

        public long? InheritedFromId { get { return (long?)Get(8); } set { Set(8, value); } }

        public string InheritedFromName { get { return (string)Get(9); } set { Set(9, value); } }

        public string ElementKind { get { return (string)Get(10); } set { Set(10, value); } }

        public string ElementState { get { return (string)Get(11); } set { Set(11, value); } }

        public PropertyBag Properties { get { return Bag(12); } set { Set(12, value); } }

        public bool WriteToEntry { get { return (bool)(Get(13) ?? false); } set { Set(13, value); } }

        public bool WriteToHistory { get { return (bool)(Get(14) ?? false); } set { Set(14, value); } }

        public string TabName { get { return (string)Get(15); } set { Set(15, value); } }

        public long? SortOrder { get { return (long?)Get(16); } set { Set(16, value); } }

        public string ValidateTypeNameSSO { get { return (string)Get(17); } set { Set(17, value); } }

        public string FormatString { get { return (string)Get(18); } set { Set(18, value); } }

        public string AddMenuText { get { return (string)Get(19); } set { Set(19, value); } }

        public string CategoryName { get { return (string)Get(20); } set { Set(20, value); } }

        public string CategoryAddMenuText { get { return (string)Get(21); } set { Set(21, value); } }

        public long? CategorySortOrder { get { return (long?)Get(22); } set { Set(22, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Element found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Element found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Element found, string name, long id, Server server)
        {
            found = Definitions.Load<Element>("get_element_template", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Element> Find(string pattern, Server server)
        {
            return Definitions.Find<Element>("list_element_templates", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Element> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Element>("get_element_template", name, server);
        }
    }

    /// <summary>A type of element, with the properties that an element of it has.</summary>
    public partial class ElementTypeDefinition : Document
    {
        internal static readonly Shape Members = new Shape(
            "ElementTypeDefinition",
            delegate { return new ElementTypeDefinition(); },
            delegate { return new List<ElementTypeDefinition>(); },
            new string[] { "ElementTypeName" },
            "elementTypeId ElementTypeId integer",
            "elementTypeName ElementTypeName text",
            "elementKind ElementKind text Trigger|Prerequisite|Result|EventHandler|Documentation|Task|TaskComponent",
            "description Description text",
            "places Places text many",
            "aliases Aliases text many",
            "obeyed Obeyed boolean =true",
            "notObeyed NotObeyed text",
            "properties Properties PropertyDefinition many");

        internal override Shape Layout { get { return Members; } }

        public long? ElementTypeId { get { return (long?)Get(0); } set { Set(0, value); } }

        public string ElementTypeName { get { return (string)Get(1); } set { Set(1, value); } }

        public string ElementKind { get { return (string)Get(2); } set { Set(2, value); } }

        public string Description { get { return (string)Get(3); } set { Set(3, value); } }

        public List<string> Places { get { return Items<string>(4); } set { Set(4, value); } }

        public List<string> Aliases { get { return Items<string>(5); } set { Set(5, value); } }

        public bool Obeyed { get { return (bool)(Get(6) ?? false); } set { Set(6, value); } }

        /// <summary>Why this server does not do what it says; null when it does.</summary>
        public string NotObeyed { get { return (string)Get(7); } set { Set(7, value); } }

        public List<PropertyDefinition> Properties { get { return Items<PropertyDefinition>(8); } set { Set(8, value); } }
    }

    /// <summary>One occurrence of a job in the live schedule: a row of the monitor. Times are null until they occur.</summary>
    public partial class Entry : Document
    {
        internal static readonly Shape Members = new Shape(
            "Entry",
            delegate { return new Entry(); },
            delegate { return new List<Entry>(); },
            new string[] { "JamsEntry", "Name", "JobName" },
            "jamsEntry JamsEntry integer",
            "ron Ron integer",
            "jobName JobName text clears:jobID",
            "displayName DisplayName text",
            "name Name text",
            "currentState CurrentState text Scheduled|Held|Timed|StepWait|DependencyWait|PrecheckWait|ResourceWait|Pending|Starting|Executing|Idle|Completing|Complete",
            "jobID JobID integer",
            "parentFolderID ParentFolderID integer",
            "folderName FolderName text",
            "methodId MethodId integer",
            "methodName MethodName text clears:methodId",
            "submittedBy SubmittedBy text",
            "held Held boolean",
            "halted Halted boolean",
            "stalled Stalled boolean",
            "runaway Runaway boolean",
            "debug Debug boolean",
            "todaysDate TodaysDate text",
            "scheduledTimeUTC ScheduledTimeUTC time",
            "originalHoldTimeUTC OriginalHoldTimeUTC time",
            "holdTimeUTC HoldTimeUTC time",
            "startTimeUTC StartTimeUTC time",
            "completionTimeUTC CompletionTimeUTC time",
            "finalStatusCode FinalStatusCode integer",
            "finalSeverity FinalSeverity text Success|Info|Warning|Error|Fatal",
            "finalStatus FinalStatus text",
            "jobStatus JobStatus text",
            "description Description text",
            "note Note text",
            "processID ProcessID integer",
            "agentName AgentName text",
            "schedulingPriority SchedulingPriority integer",
            "executionPriority ExecutionPriority integer",
            "restartCount RestartCount integer",
            "retainTime RetainTime integer",
            "icon Icon text =Default Default|Held|Question|Red",
            "iconPermanent IconPermanent boolean",
            "iconMessage IconMessage text",
            "logFilename LogFilename text",
            "tempFilename TempFilename text",
            "initiatorType InitiatorType text =Unknown Unknown|Schedule|Precheck|Setup|Sequence|Recovery|Notify|MailWatch|SubmitActivity|CustomElement|Trigger",
            "initiatorID InitiatorID integer",
            "initiatorRestartCount InitiatorRestartCount integer",
            "initiatorUid InitiatorUid text",
            "masterEntry MasterEntry integer",
            "masterRON MasterRON integer",
            "step Step integer",
            "stepWait StepWait boolean",
            "waitFor WaitFor boolean =true",
            "setupOK SetupOK boolean =true",
            "currentStep CurrentStep integer",
            "jamsId JamsId text",
            "avgElapsedTime AvgElapsedTime number",
            "definitionVersion DefinitionVersion integer",
            "reconnectAgentName ReconnectAgentName text",
            "source Source text",
            "parameters Parameters ParamValue many",
            "elements Elements Element many",
            "sourceElements SourceElements Element many",
            "properties Properties PropertyValue many",
            "tagIds TagIds integer many",
            "tags Tags Tag many",
            "inheritedTagIds InheritedTagIds integer many",
            "notObeyed NotObeyed text many",
            "damage Damage text read",
            "logFile LogFile LogFile",
            "executeAs ExecuteAs text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>JAMS entry number in the schedule.</summary>
        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Run occurrence number (RON).</summary>
        public long? Ron { get { return (long?)Get(1); } set { Set(1, value); } }

        public string JobName { get { return (string)Get(2); } set { Set(2, value); } }

        public string DisplayName { get { return (string)Get(3); } set { Set(3, value); } }

        public string Name { get { return (string)Get(4); } set { Set(4, value); } }

        public string CurrentState { get { return (string)Get(5); } set { Set(5, value); } }

        public long? JobID { get { return (long?)Get(6); } set { Set(6, value); } }

        public long? ParentFolderID { get { return (long?)Get(7); } set { Set(7, value); } }

        public string FolderName { get { return (string)Get(8); } set { Set(8, value); } }

        public long? MethodId { get { return (long?)Get(9); } set { Set(9, value); } }

        public string MethodName { get { return (string)Get(10); } set { Set(10, value); } }

        public string SubmittedBy { get { return (string)Get(11); } set { Set(11, value); } }

        public bool Held { get { return (bool)(Get(12) ?? false); } set { Set(12, value); } }

        public bool Halted { get { return (bool)(Get(13) ?? false); } set { Set(13, value); } }

        public bool Stalled { get { return (bool)(Get(14) ?? false); } set { Set(14, value); } }

        public bool Runaway { get { return (bool)(Get(15) ?? false); } set { Set(15, value); } }

        public bool Debug { get { return (bool)(Get(16) ?? false); } set { Set(16, value); } }

        public string TodaysDate { get { return (string)Get(17); } set { Set(17, value); } }

        public DateTime? ScheduledTimeUTC { get { return (DateTime?)Get(18); } set { Set(18, value); } }

        public DateTime? OriginalHoldTimeUTC { get { return (DateTime?)Get(19); } set { Set(19, value); } }

        public DateTime? HoldTimeUTC { get { return (DateTime?)Get(20); } set { Set(20, value); } }

        public DateTime? StartTimeUTC { get { return (DateTime?)Get(21); } set { Set(21, value); } }

        public DateTime? CompletionTimeUTC { get { return (DateTime?)Get(22); } set { Set(22, value); } }

        public long? FinalStatusCode { get { return (long?)Get(23); } set { Set(23, value); } }

        public string FinalSeverity { get { return (string)Get(24); } set { Set(24, value); } }

        public string FinalStatus { get { return (string)Get(25); } set { Set(25, value); } }

        public string JobStatus { get { return (string)Get(26); } set { Set(26, value); } }

        public string Description { get { return (string)Get(27); } set { Set(27, value); } }

        public string Note { get { return (string)Get(28); } set { Set(28, value); } }

        public long? ProcessID { get { return (long?)Get(29); } set { Set(29, value); } }

        public string AgentName { get { return (string)Get(30); } set { Set(30, value); } }

        public long? SchedulingPriority { get { return (long?)Get(31); } set { Set(31, value); } }

        public long? ExecutionPriority { get { return (long?)Get(32); } set { Set(32, value); } }

        public long? RestartCount { get { return (long?)Get(33); } set { Set(33, value); } }

        public long? RetainTime { get { return (long?)Get(34); } set { Set(34, value); } }

        public string Icon { get { return (string)Get(35); } set { Set(35, value); } }

        public bool IconPermanent { get { return (bool)(Get(36) ?? false); } set { Set(36, value); } }

        public string IconMessage { get { return (string)Get(37); } set { Set(37, value); } }

        public string LogFilename { get { return (string)Get(38); } set { Set(38, value); } }

        public string TempFilename { get { return (string)Get(39); } set { Set(39, value); } }

        public string InitiatorType { get { return (string)Get(40); } set { Set(40, value); } }

        public long? InitiatorID { get { return (long?)Get(41); } set { Set(41, value); } }

        public long? InitiatorRestartCount { get { return (long?)Get(42); } set { Set(42, value); } }

        public string InitiatorUid { get { return (string)Get(43); } set { Set(43, value); } }

        /// <summary>The entry of the setup or sequence of which it is a member.</summary>
        public long? MasterEntry { get { return (long?)Get(44); } set { Set(44, value); } }

        /// <summary>The run number of that; of a setup or sequence its own.</summary>
        public long? MasterRON { get { return (long?)Get(45); } set { Set(45, value); } }

        /// <summary>The step of a member.</summary>
        public long? Step { get { return (long?)Get(46); } set { Set(46, value); } }

        /// <summary>Whether it waits for its turn in its setup.</summary>
        public bool StepWait { get { return (bool)(Get(47) ?? false); } set { Set(47, value); } }

        /// <summary>Whether what follows in its setup waits for its end.</summary>
        public bool WaitFor { get { return (bool)(Get(48) ?? false); } set { Set(48, value); } }

        /// <summary>False once its end keeps its setup from ending well.</summary>
        public bool SetupOK { get { return (bool)(Get(49) ?? false); } set { Set(49, value); } }

        /// <summary>The step at which a setup or sequence stands.</summary>
        public long? CurrentStep { get { return (long?)Get(50); } set { Set(50, value); } }

        public string JamsId { get { return (string)Get(51); } set { Set(51, value); } }

        public double? AvgElapsedTime { get { return (double?)Get(52); } set { Set(52, value); } }

        public long? DefinitionVersion { get { return (long?)Get(53); } set { Set(53, value); } }

        public string ReconnectAgentName { get { return (string)Get(54); } set { Set(54, value); } }

        public string Source { get { return (string)Get(55); } set { Set(55, value); } }

        public List<ParamValue> Parameters { get { return Items<ParamValue>(56); } set { Set(56, value); } }

        public List<Element> Elements { get { return Items<Element>(57); } set { Set(57, value); } }

        public List<Element> SourceElements { get { return Items<Element>(58); } set { Set(58, value); } }

        public PropertyBag Properties { get { return Bag(59); } set { Set(59, value); } }

        public List<long> TagIds { get { return Items<long>(60); } set { Set(60, value); } }

        public List<Tag> Tags { get { return Items<Tag>(61); } set { Set(61, value); } }

        public List<long> InheritedTagIds { get { return Items<long>(62); } set { Set(62, value); } }

        public List<string> NotObeyed { get { return Items<string>(63); } set { Set(63, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(64); } set { Set(64, value); } }

        /// <summary>Of an entry that is shown alone: its log, once there is one.</summary>
        public LogFile LogFile { get { return (LogFile)Get(65); } set { Set(65, value); } }

        /// <summary>The credential whose account its runs take; null: the usual one.</summary>
        public string ExecuteAs { get { return (string)Get(66); } set { Set(66, value); } }
    }

    /// <summary>Something that was done to an entry, by whom and why.</summary>
    public partial class EntryAudit : Document
    {
        internal static readonly Shape Members = new Shape(
            "EntryAudit",
            delegate { return new EntryAudit(); },
            delegate { return new List<EntryAudit>(); },
            new string[] { "JamsEntry", "Message", "UserName" },
            "jamsEntry JamsEntry integer",
            "auditTimeUTC AuditTimeUTC time",
            "userName UserName text",
            "message Message text",
            "comment Comment text",
            "details Details text",
            "damage Damage text read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>JAMS entry number in the schedule.</summary>
        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? AuditTimeUTC { get { return (DateTime?)Get(1); } set { Set(1, value); } }

        public string UserName { get { return (string)Get(2); } set { Set(2, value); } }

        public string Message { get { return (string)Get(3); } set { Set(3, value); } }

        public string Comment { get { return (string)Get(4); } set { Set(4, value); } }

        public string Details { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(6); } set { Set(6, value); } }
    }

    /// <summary>What became of one of several entries: what was done to it, or why nothing was.</summary>
    public partial class EntryOutcome : Document
    {
        internal static readonly Shape Members = new Shape(
            "EntryOutcome",
            delegate { return new EntryOutcome(); },
            delegate { return new List<EntryOutcome>(); },
            new string[] { "JamsEntry" },
            "jamsEntry JamsEntry integer",
            "resultText ResultText text",
            "error Error ErrorDocument");

        internal override Shape Layout { get { return Members; } }

        /// <summary>JAMS entry number in the schedule.</summary>
        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        public string ResultText { get { return (string)Get(1); } set { Set(1, value); } }

        public ErrorDocument Error { get { return (ErrorDocument)Get(2); } set { Set(2, value); } }
    }

    /// <summary>One thing that an entry waits for; or, of one that has gone on, one thing that let it.</summary>
    public partial class EntryWait : Document
    {
        internal static readonly Shape Members = new Shape(
            "EntryWait",
            delegate { return new EntryWait(); },
            delegate { return new List<EntryWait>(); },
            new string[] { "JamsEntry", "Name", "Message" },
            "jamsEntry JamsEntry integer",
            "kind Kind text Hold|Step|Member|Time|Window|Job|Variable|File|Precheck|Resource|Queue|Instance|Agent|Line|Retry|Engine|Origin|Opened",
            "name Name text",
            "objectID ObjectID integer",
            "message Message text",
            "sinceUTC SinceUTC time",
            "opensUTC OpensUTC time",
            "openedBy OpenedBy text",
            "releaseType ReleaseType text None|HaltedSetup|ManualHold|RunAgain|StepWait|TimedWait|TimeSlotWait|IgnoreDependencies|IgnorePrecheck|IgnoreResReq|ExecutionWaitRetry",
            "currentState CurrentState text Scheduled|Held|Timed|StepWait|DependencyWait|PrecheckWait|ResourceWait|Pending|Starting|Executing|Idle|Completing|Complete");

        internal override Shape Layout { get { return Members; } }

        /// <summary>JAMS entry number in the schedule.</summary>
        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>What sort of thing it waits for.</summary>
        public string Kind { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>The name of the thing.</summary>
        public string Name { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Its number, if it has one.</summary>
        public long? ObjectID { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>What is missing, in a sentence.</summary>
        public string Message { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>Since when it waits for that.</summary>
        public DateTime? SinceUTC { get { return (DateTime?)Get(5); } set { Set(5, value); } }

        /// <summary>When that will be over, where it can be known.</summary>
        public DateTime? OpensUTC { get { return (DateTime?)Get(6); } set { Set(6, value); } }

        /// <summary>What would let it go on.</summary>
        public string OpenedBy { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>The kind of release that lets it pass by.</summary>
        public string ReleaseType { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>The state of an entry that waits for such.</summary>
        public string CurrentState { get { return (string)Get(9); } set { Set(9, value); } }
    }

    /// <summary>An error as data: what crosses the wire and what the faces render.</summary>
    public partial class ErrorDocument : Document
    {
        internal static readonly Shape Members = new Shape(
            "ErrorDocument",
            delegate { return new ErrorDocument(); },
            delegate { return new List<ErrorDocument>(); },
            new string[] { "Message" },
            "code Code text",
            "kind Kind text Invalid|Malformed|Unauthenticated|Denied|NotFound|NotAllowed|Conflict|Precondition|TooLarge|Unsupported|TimedOut|Busy|Throttled|Unavailable|Internal",
            "severity Severity text Success|Info|Warning|Error|Fatal",
            "message Message text",
            "target Target text",
            "member Member text",
            "details Details map");

        internal override Shape Layout { get { return Members; } }

        public string Code { get { return (string)Get(0); } set { Set(0, value); } }

        public string Kind { get { return (string)Get(1); } set { Set(1, value); } }

        public string Severity { get { return (string)Get(2); } set { Set(2, value); } }

        public string Message { get { return (string)Get(3); } set { Set(3, value); } }

        public string Target { get { return (string)Get(4); } set { Set(4, value); } }

        public string Member { get { return (string)Get(5); } set { Set(5, value); } }

        public object Details { get { return Get(6); } set { Set(6, value); } }
    }

    /// <summary>Something has happened to an entry or a definition; what it is now, its own document tells.</summary>
    public partial class Event : Document
    {
        internal static readonly Shape Members = new Shape(
            "Event",
            delegate { return new Event(); },
            delegate { return new List<Event>(); },
            new string[] { "Name" },
            "eventID EventID integer",
            "eventTimeUTC EventTimeUTC time",
            "kind Kind text Entry|Folder|Job|Variable|Agent|Calendar|DateType|NamedTime|Queue|Resource|Trigger|Setting|Method|Alert|Menu|Credential",
            "action Action text Added|Changed|Removed",
            "objectID ObjectID integer",
            "name Name text",
            "version Version integer",
            "currentState CurrentState text Scheduled|Held|Timed|StepWait|DependencyWait|PrecheckWait|ResourceWait|Pending|Starting|Executing|Idle|Completing|Complete",
            "finalSeverity FinalSeverity text Success|Info|Warning|Error|Fatal");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Its number. Later events have greater ones.</summary>
        public long? EventID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? EventTimeUTC { get { return (DateTime?)Get(1); } set { Set(1, value); } }

        /// <summary>What it is about.</summary>
        public string Kind { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>What has happened.</summary>
        public string Action { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>Number of the entry or definition.</summary>
        public long? ObjectID { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>Its qualified name, or its name, as it was then; of an entry, that of its job.</summary>
        public string Name { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>The version that it has got; of what was removed, the last one that it had.</summary>
        public long? Version { get { return (long?)Get(6); } set { Set(6, value); } }

        /// <summary>Where the entry stands; null for what was removed, and all else.</summary>
        public string CurrentState { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>How well the entry ended.</summary>
        public string FinalSeverity { get { return (string)Get(8); } set { Set(8, value); } }
    }

    /// <summary>Some of what has happened, in its order.</summary>
    public partial class Events : Document
    {
        internal static readonly Shape Members = new Shape(
            "Events",
            delegate { return new Events(); },
            delegate { return new List<Events>(); },
            new string[] {  },
            "items Items Event many",
            "next Next text",
            "more More boolean",
            "listAnew ListAnew boolean",
            "view View text");

        internal override Shape Layout { get { return Members; } }

        public List<Event> Items { get { return Items<Event>(0); } set { Set(0, value); } }

        /// <summary>Behind what to ask on: what was looked through ends there.</summary>
        public string Next { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Whether there is more to be had at once.</summary>
        public bool More { get { return (bool)(Get(2) ?? false); } set { Set(2, value); } }

        /// <summary>Whether there were events that are not kept any more: what was listed before has to be listed anew.</summary>
        public bool ListAnew { get { return (bool)(Get(3) ?? false); } set { Set(3, value); } }

        /// <summary>Stands for what the caller may see: who has the same is told the same.</summary>
        public string View { get { return (string)Get(4); } set { Set(4, value); } }
    }

    /// <summary>An execution method: what runs the source of jobs, and what these jobs have in common.</summary>
    public partial class ExecutionMethod : Document
    {
        internal static readonly Shape Members = new Shape(
            "ExecutionMethod",
            delegate { return new ExecutionMethod(); },
            delegate { return new List<ExecutionMethod>(); },
            new string[] { "MethodName" },
            "methodID MethodID integer",
            "methodName MethodName text",
            "description Description text",
            "available Available boolean read =true",
            "reason Reason text read",
            "methodTypeID MethodTypeID integer",
            "methodTypeName MethodTypeName text clears:methodTypeID",
            "template Template text",
            "parameters Parameters ParamDef many",
            "properties Properties PropertyValue many",
            "jobProperties JobProperties PropertyValue many",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "notObeyed NotObeyed text many read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the execution method.</summary>
        public long? MethodID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the execution method, by which jobs name it.</summary>
        public string MethodName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Whether this server can run its jobs.</summary>
        public bool Available { get { return (bool)(Get(3) ?? false); } set { Set(3, value); } }

        /// <summary>Why it cannot; null if it can.</summary>
        public string Reason { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>Number of the delivered method that it is made from.</summary>
        public long? MethodTypeID { get { return (long?)Get(5); } set { Set(5, value); } }

        /// <summary>Name of the delivered method that it is made from, such as Python.</summary>
        public string MethodTypeName { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>What jobs run that have no source. Of a method that parses also where parsing begins, if &lt;&lt;JAMS.Source&gt;&gt; stands in it for the source of the job.</summary>
        public string Template { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>Parameters of its jobs: documents with paramName, defaultValue and more. Those of the delivered method are among them, as it says or otherwise.</summary>
        public List<ParamDef> Parameters { get { return Items<ParamDef>(8); } set { Set(8, value); } }

        /// <summary>How its jobs are run and judged: documents with propertyName and currentValue.</summary>
        public PropertyBag Properties { get { return Bag(9); } set { Set(9, value); } }

        /// <summary>What else comes down to its jobs, where neither they nor their folders say it.</summary>
        public PropertyBag JobProperties { get { return Bag(10); } set { Set(10, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(11); } set { Set(11, value); } }

        public string LastChangedBy { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(13); } set { Set(13, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(14); } set { Set(14, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(15); } set { Set(15, value); } }
    }

    /// <summary>Which of the servers that may stand in for each other does the work. Here there is one.</summary>
    public partial class FailoverStatus : Document
    {
        internal static readonly Shape Members = new Shape(
            "FailoverStatus",
            delegate { return new FailoverStatus(); },
            delegate { return new List<FailoverStatus>(); },
            new string[] { "Message" },
            "status Status text",
            "role Role text",
            "primary Primary text",
            "secondary Secondary text",
            "message Message text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Active while its scheduler runs, else Passive.</summary>
        public string Status { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Primary: there is no other.</summary>
        public string Role { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Name of the server that does the work by right.</summary>
        public string Primary { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Name of the one that stands in for it; empty: none.</summary>
        public string Secondary { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>The same in a sentence.</summary>
        public string Message { get { return (string)Get(4); } set { Set(4, value); } }
    }

    /// <summary>A folder holds folders, jobs and variables. The root folder has the id 1 and the name \.</summary>
    public partial class Folder : Definition
    {
        internal static readonly Shape Members = new Shape(
            "Folder",
            delegate { return new Folder(); },
            delegate { return new List<Folder>(); },
            new string[] { "QualifiedName", "FolderName" },
            "folderID FolderID integer",
            "folderName FolderName text",
            "qualifiedName QualifiedName text read",
            "parentFolderID ParentFolderID integer",
            "parentFolderName ParentFolderName text clears:parentFolderID",
            "description Description text",
            "parameters Parameters ParamDef many",
            "elements Elements Element many",
            "properties Properties PropertyValue many",
            "tagIds TagIds integer many",
            "tags Tags Tag many",
            "inheritedTagIds InheritedTagIds integer many read",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "acl Acl ACL",
            "notObeyed NotObeyed text many read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the folder.</summary>
        public long? FolderID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the folder, without the path.</summary>
        public string FolderName { get { return (string)Get(1); } set { Set(1, value); } }

        public string QualifiedName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Number of the folder it lies in.</summary>
        public long? ParentFolderID { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>Path of the folder it lies in; a new one lies in the root otherwise.</summary>
        public string ParentFolderName { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>Parameters of the jobs below it: documents with paramName, defaultValue and more.</summary>
        public List<ParamDef> Parameters { get { return Items<ParamDef>(6); } set { Set(6, value); } }

        /// <summary>Elements that come down to the jobs below it, kept and given back as they are.</summary>
        public List<Element> Elements { get { return Items<Element>(7); } set { Set(7, value); } }

        /// <summary>Properties for what is below it: documents with propertyName and currentValue.</summary>
        public PropertyBag Properties { get { return Bag(8); } set { Set(8, value); } }

        /// <summary>Numbers of its tags.</summary>
        public List<long> TagIds { get { return Items<long>(9); } set { Set(9, value); } }

        /// <summary>Its tags: documents with tagName.</summary>
        public List<Tag> Tags { get { return Items<Tag>(10); } set { Set(10, value); } }

        public List<long> InheritedTagIds { get { return Items<long>(11); } set { Set(11, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(12); } set { Set(12, value); } }

        public string LastChangedBy { get { return (string)Get(13); } set { Set(13, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(14); } set { Set(14, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(15); } set { Set(15, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(16); } set { Set(16, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(17); } set { Set(17, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Folder found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Folder found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Folder found, string name, long id, Server server)
        {
            found = Definitions.Load<Folder>("get_folder", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Folder> Find(string pattern, Server server)
        {
            return Definitions.Find<Folder>("get_folder_children", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Folder> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Folder>("get_folder", name, server);
        }
    }

    /// <summary>What the schedule will do, in order of time; a page of it.</summary>
    public partial class Forecast : Document
    {
        internal static readonly Shape Members = new Shape(
            "Forecast",
            delegate { return new Forecast(); },
            delegate { return new List<Forecast>(); },
            new string[] {  },
            "state State text Playing|Complete",
            "progress Progress integer =100",
            "asOfUTC AsOfUTC time",
            "untilUTC UntilUTC time",
            "assumptions Assumptions text many",
            "count Count integer",
            "lateCount LateCount integer",
            "entries Entries ForecastEntry many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Whether it is there, or still being played.</summary>
        public string State { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>How much of it is there, in percent.</summary>
        public long? Progress { get { return (long?)Get(1); } set { Set(1, value); } }

        /// <summary>The state of the schedule from which it begins.</summary>
        public DateTime? AsOfUTC { get { return (DateTime?)Get(2); } set { Set(2, value); } }

        /// <summary>How far it reaches; earlier than asked for where it grew too large.</summary>
        public DateTime? UntilUTC { get { return (DateTime?)Get(3); } set { Set(3, value); } }

        /// <summary>What is taken for granted.</summary>
        public List<string> Assumptions { get { return Items<string>(4); } set { Set(4, value); } }

        /// <summary>How many entries there are on all pages.</summary>
        public long? Count { get { return (long?)Get(5); } set { Set(5, value); } }

        /// <summary>How many of these are late.</summary>
        public long? LateCount { get { return (long?)Get(6); } set { Set(6, value); } }

        /// <summary>The entries of the page.</summary>
        public List<ForecastEntry> Entries { get { return Items<ForecastEntry>(7); } set { Set(7, value); } }
    }

    /// <summary>What will become of an entry: one run of it, or why none is forecast.</summary>
    public partial class ForecastEntry : Document
    {
        internal static readonly Shape Members = new Shape(
            "ForecastEntry",
            delegate { return new ForecastEntry(); },
            delegate { return new List<ForecastEntry>(); },
            new string[] { "JamsEntry", "JobName" },
            "jamsEntry JamsEntry integer",
            "jobID JobID integer",
            "jobName JobName text clears:jobID",
            "folderName FolderName text",
            "submittedBy SubmittedBy text",
            "scheduledTime ScheduledTime time",
            "currentState CurrentState text Scheduled|Held|Timed|StepWait|DependencyWait|PrecheckWait|ResourceWait|Pending|Starting|Executing|Idle|Completing|Complete",
            "startTimeUTC StartTimeUTC time",
            "completionTimeUTC CompletionTimeUTC time",
            "finalSeverity FinalSeverity text Success|Info|Warning|Error|Fatal",
            "elapsedSeconds ElapsedSeconds number",
            "assumed Assumed boolean",
            "running Running boolean",
            "delay Delay number",
            "agentName AgentName text",
            "queueName QueueName text",
            "parentEntry ParentEntry integer",
            "late Late boolean",
            "dueUTC DueUTC time",
            "lateReason LateReason text",
            "path Path ForecastStep many",
            "waits Waits EntryWait many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Its number, if it is in the schedule already.</summary>
        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        public long? JobID { get { return (long?)Get(1); } set { Set(1, value); } }

        public string JobName { get { return (string)Get(2); } set { Set(2, value); } }

        public string FolderName { get { return (string)Get(3); } set { Set(3, value); } }

        public string SubmittedBy { get { return (string)Get(4); } set { Set(4, value); } }

        public DateTime? ScheduledTime { get { return (DateTime?)Get(5); } set { Set(5, value); } }

        /// <summary>Where it stands at the end of the forecast.</summary>
        public string CurrentState { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>When it starts; null: not forecast.</summary>
        public DateTime? StartTimeUTC { get { return (DateTime?)Get(7); } set { Set(7, value); } }

        /// <summary>When it ends; null: not within the forecast.</summary>
        public DateTime? CompletionTimeUTC { get { return (DateTime?)Get(8); } set { Set(8, value); } }

        public string FinalSeverity { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>How long the run takes.</summary>
        public double? ElapsedSeconds { get { return (double?)Get(10); } set { Set(10, value); } }

        /// <summary>Whether that is assumed, as no good run of its job is known.</summary>
        public bool Assumed { get { return (bool)(Get(11) ?? false); } set { Set(11, value); } }

        /// <summary>Whether it runs already.</summary>
        public bool Running { get { return (bool)(Get(12) ?? false); } set { Set(12, value); } }

        /// <summary>Seconds from its time to its start.</summary>
        public double? Delay { get { return (double?)Get(13); } set { Set(13, value); } }

        public string AgentName { get { return (string)Get(14); } set { Set(14, value); } }

        /// <summary>The queue in which it runs.</summary>
        public string QueueName { get { return (string)Get(15); } set { Set(15, value); } }

        /// <summary>The setup or sequence of which it is a member.</summary>
        public long? ParentEntry { get { return (long?)Get(16); } set { Set(16, value); } }

        /// <summary>Whether it is late.</summary>
        public bool Late { get { return (bool)(Get(17) ?? false); } set { Set(17, value); } }

        /// <summary>When it should have started or ended.</summary>
        public DateTime? DueUTC { get { return (DateTime?)Get(18); } set { Set(18, value); } }

        /// <summary>What it is late for, in a sentence.</summary>
        public string LateReason { get { return (string)Get(19); } set { Set(19, value); } }

        /// <summary>What made it late: what it waited for, what that waited for, and so on.</summary>
        public List<ForecastStep> Path { get { return Items<ForecastStep>(20); } set { Set(20, value); } }

        /// <summary>What an entry waits for whose start is not forecast.</summary>
        public List<EntryWait> Waits { get { return Items<EntryWait>(21); } set { Set(21, value); } }
    }

    /// <summary>One thing for which an entry will have waited, and the entry whose end brings it.</summary>
    public partial class ForecastStep : Document
    {
        internal static readonly Shape Members = new Shape(
            "ForecastStep",
            delegate { return new ForecastStep(); },
            delegate { return new List<ForecastStep>(); },
            new string[] { "JamsEntry", "Name", "JobName" },
            "kind Kind text Hold|Step|Member|Time|Window|Job|Variable|File|Precheck|Resource|Queue|Instance|Agent|Line|Retry|Engine|Origin|Opened",
            "name Name text",
            "sinceUTC SinceUTC time",
            "untilUTC UntilUTC time",
            "jamsEntry JamsEntry integer",
            "jobName JobName text",
            "folderName FolderName text",
            "submittedBy SubmittedBy text",
            "startTimeUTC StartTimeUTC time",
            "completionTimeUTC CompletionTimeUTC time",
            "beside Beside integer");

        internal override Shape Layout { get { return Members; } }

        /// <summary>What sort of thing it waits for.</summary>
        public string Kind { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>The name of the thing.</summary>
        public string Name { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Since when it waits for that.</summary>
        public DateTime? SinceUTC { get { return (DateTime?)Get(2); } set { Set(2, value); } }

        /// <summary>Until when.</summary>
        public DateTime? UntilUTC { get { return (DateTime?)Get(3); } set { Set(3, value); } }

        /// <summary>The entry that brings it, if it is in the schedule already.</summary>
        public long? JamsEntry { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>That entry's job.</summary>
        public string JobName { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>The folder of that job.</summary>
        public string FolderName { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>Who has submitted that entry.</summary>
        public string SubmittedBy { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>When that entry starts.</summary>
        public DateTime? StartTimeUTC { get { return (DateTime?)Get(8); } set { Set(8, value); } }

        /// <summary>When that entry ends.</summary>
        public DateTime? CompletionTimeUTC { get { return (DateTime?)Get(9); } set { Set(9, value); } }

        /// <summary>How many others end at the same time and bring it as well.</summary>
        public long? Beside { get { return (long?)Get(10); } set { Set(10, value); } }
    }

    /// <summary>The record of one run, kept when the entry has left the schedule.</summary>
    public partial class History : Document
    {
        internal static readonly Shape Members = new Shape(
            "History",
            delegate { return new History(); },
            delegate { return new List<History>(); },
            new string[] { "JamsEntry", "JobName" },
            "historyID HistoryID integer",
            "jamsEntry JamsEntry integer",
            "ron Ron integer",
            "jobID JobID integer",
            "jobName JobName text clears:jobID",
            "parentFolderID ParentFolderID integer",
            "parentFolderName ParentFolderName text clears:parentFolderID",
            "entryType EntryType text =Job",
            "submittedBy SubmittedBy text",
            "userName UserName text",
            "scheduledTimeUTC ScheduledTimeUTC time",
            "holdTimeUTC HoldTimeUTC time",
            "startTimeUTC StartTimeUTC time",
            "completionTimeUTC CompletionTimeUTC time",
            "finalSeverity FinalSeverity text =Success Success|Info|Warning|Error|Fatal",
            "finalStatus FinalStatus text",
            "finalStatusCode FinalStatusCode integer",
            "jobStatus JobStatus text",
            "note Note text",
            "elapsedTime ElapsedTime number",
            "cpuTime CpuTime number",
            "pageFaults PageFaults integer",
            "workingSetPeak WorkingSetPeak integer",
            "bufferedIOCount BufferedIOCount integer",
            "directIOCount DirectIOCount integer",
            "logFilename LogFilename text",
            "agentName AgentName text",
            "processID ProcessID integer",
            "restartCount RestartCount integer",
            "rron Rron integer",
            "parentRRON ParentRRON integer",
            "initiatorType InitiatorType text =Unknown Unknown|Schedule|Precheck|Setup|Sequence|Recovery|Notify|MailWatch|SubmitActivity|CustomElement|Trigger",
            "initiatorID InitiatorID integer",
            "initiatorRestartCount InitiatorRestartCount integer",
            "jamsId JamsId text",
            "definitionVersion DefinitionVersion integer",
            "debugMode DebugMode boolean",
            "iconMessage IconMessage text",
            "schedulingPriority SchedulingPriority integer",
            "executionPriority ExecutionPriority integer",
            "held Held boolean",
            "notifyUser NotifyUser text",
            "parameters Parameters ParamValue many",
            "elements Elements Element many",
            "properties Properties PropertyValue many",
            "tagIds TagIds integer many",
            "tags Tags Tag many",
            "inheritedTagIds InheritedTagIds integer many",
            "damage Damage text read",
            "setupName SetupName text",
            "setupFolderName SetupFolderName text",
            "executeAs ExecuteAs text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? HistoryID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>JAMS entry number in the schedule.</summary>
        public long? JamsEntry { get { return (long?)Get(1); } set { Set(1, value); } }

        /// <summary>Run occurrence number (RON).</summary>
        public long? Ron { get { return (long?)Get(2); } set { Set(2, value); } }

        public long? JobID { get { return (long?)Get(3); } set { Set(3, value); } }

        public string JobName { get { return (string)Get(4); } set { Set(4, value); } }

        public long? ParentFolderID { get { return (long?)Get(5); } set { Set(5, value); } }

        public string ParentFolderName { get { return (string)Get(6); } set { Set(6, value); } }

        public string EntryType { get { return (string)Get(7); } set { Set(7, value); } }

        public string SubmittedBy { get { return (string)Get(8); } set { Set(8, value); } }

        public string UserName { get { return (string)Get(9); } set { Set(9, value); } }

        public DateTime? ScheduledTimeUTC { get { return (DateTime?)Get(10); } set { Set(10, value); } }

        public DateTime? HoldTimeUTC { get { return (DateTime?)Get(11); } set { Set(11, value); } }

        public DateTime? StartTimeUTC { get { return (DateTime?)Get(12); } set { Set(12, value); } }

        public DateTime? CompletionTimeUTC { get { return (DateTime?)Get(13); } set { Set(13, value); } }

        public string FinalSeverity { get { return (string)Get(14); } set { Set(14, value); } }

        public string FinalStatus { get { return (string)Get(15); } set { Set(15, value); } }

        public long? FinalStatusCode { get { return (long?)Get(16); } set { Set(16, value); } }

        public string JobStatus { get { return (string)Get(17); } set { Set(17, value); } }

        public string Note { get { return (string)Get(18); } set { Set(18, value); } }

        public double? ElapsedTime { get { return (double?)Get(19); } set { Set(19, value); } }

        public double? CpuTime { get { return (double?)Get(20); } set { Set(20, value); } }

        public long? PageFaults { get { return (long?)Get(21); } set { Set(21, value); } }

        public long? WorkingSetPeak { get { return (long?)Get(22); } set { Set(22, value); } }

        public long? BufferedIOCount { get { return (long?)Get(23); } set { Set(23, value); } }

        public long? DirectIOCount { get { return (long?)Get(24); } set { Set(24, value); } }

        public string LogFilename { get { return (string)Get(25); } set { Set(25, value); } }

        public string AgentName { get { return (string)Get(26); } set { Set(26, value); } }

        public long? ProcessID { get { return (long?)Get(27); } set { Set(27, value); } }

        public long? RestartCount { get { return (long?)Get(28); } set { Set(28, value); } }

        public long? Rron { get { return (long?)Get(29); } set { Set(29, value); } }

        public long? ParentRRON { get { return (long?)Get(30); } set { Set(30, value); } }

        public string InitiatorType { get { return (string)Get(31); } set { Set(31, value); } }

        public long? InitiatorID { get { return (long?)Get(32); } set { Set(32, value); } }

        public long? InitiatorRestartCount { get { return (long?)Get(33); } set { Set(33, value); } }

        public string JamsId { get { return (string)Get(34); } set { Set(34, value); } }

        public long? DefinitionVersion { get { return (long?)Get(35); } set { Set(35, value); } }

        public bool DebugMode { get { return (bool)(Get(36) ?? false); } set { Set(36, value); } }

        public string IconMessage { get { return (string)Get(37); } set { Set(37, value); } }

        public long? SchedulingPriority { get { return (long?)Get(38); } set { Set(38, value); } }

        public long? ExecutionPriority { get { return (long?)Get(39); } set { Set(39, value); } }

        public bool Held { get { return (bool)(Get(40) ?? false); } set { Set(40, value); } }

        public string NotifyUser { get { return (string)Get(41); } set { Set(41, value); } }

        public List<ParamValue> Parameters { get { return Items<ParamValue>(42); } set { Set(42, value); } }

        public List<Element> Elements { get { return Items<Element>(43); } set { Set(43, value); } }

        public PropertyBag Properties { get { return Bag(44); } set { Set(44, value); } }

        public List<long> TagIds { get { return Items<long>(45); } set { Set(45, value); } }

        public List<Tag> Tags { get { return Items<Tag>(46); } set { Set(46, value); } }

        public List<long> InheritedTagIds { get { return Items<long>(47); } set { Set(47, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(48); } set { Set(48, value); } }

        /// <summary>The setup or sequence of which it was a member; null: of none.</summary>
        public string SetupName { get { return (string)Get(49); } set { Set(49, value); } }

        /// <summary>The folder of that.</summary>
        public string SetupFolderName { get { return (string)Get(50); } set { Set(50, value); } }

        /// <summary>The credential whose account the run took; null: the usual one.</summary>
        public string ExecuteAs { get { return (string)Get(51); } set { Set(51, value); } }
    }

    /// <summary>A page of a history search (/history/odata).</summary>
    public partial class HistoryPage : Document
    {
        internal static readonly Shape Members = new Shape(
            "HistoryPage",
            delegate { return new HistoryPage(); },
            delegate { return new List<HistoryPage>(); },
            new string[] {  },
            "items Items History many",
            "count Count integer",
            "nextPageLink NextPageLink text");

        internal override Shape Layout { get { return Members; } }

        public List<History> Items { get { return Items<History>(0); } set { Set(0, value); } }

        public long? Count { get { return (long?)Get(1); } set { Set(1, value); } }

        public string NextPageLink { get { return (string)Get(2); } set { Set(2, value); } }
    }

    /// <summary>Who the caller is.</summary>
    public partial class Identity : Document
    {
        internal static readonly Shape Members = new Shape(
            "Identity",
            delegate { return new Identity(); },
            delegate { return new List<Identity>(); },
            new string[] {  },
            "username Username text",
            "mappedTo MappedTo text",
            "impersonatedUser ImpersonatedUser text",
            "groups Groups text many");

        internal override Shape Layout { get { return Members; } }

        public string Username { get { return (string)Get(0); } set { Set(0, value); } }

        public string MappedTo { get { return (string)Get(1); } set { Set(1, value); } }

        public string ImpersonatedUser { get { return (string)Get(2); } set { Set(2, value); } }

        public List<string> Groups { get { return Items<string>(3); } set { Set(3, value); } }
    }

    /// <summary>A date that an import found, and what is done with it.</summary>
    public partial class ImportedDate : Document
    {
        internal static readonly Shape Members = new Shape(
            "ImportedDate",
            delegate { return new ImportedDate(); },
            delegate { return new List<ImportedDate>(); },
            new string[] {  },
            "action Action text Add|Change|Same|Keep|Remove",
            "dateTypeType DateTypeType text",
            "startDate StartDate day",
            "specificType SpecificType text",
            "description Description text",
            "workDay WorkDay text =NotSpecified True|False|NotSpecified",
            "source Source text");

        internal override Shape Layout { get { return Members; } }

        public string Action { get { return (string)Get(0); } set { Set(0, value); } }

        public string DateTypeType { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>A day, written YYYY-MM-DD.</summary>
        public DateTime? StartDate { get { return (DateTime?)Get(2); } set { Set(2, value); } }

        public string SpecificType { get { return (string)Get(3); } set { Set(3, value); } }

        public string Description { get { return (string)Get(4); } set { Set(4, value); } }

        public string WorkDay { get { return (string)Get(5); } set { Set(5, value); } }

        public string Source { get { return (string)Get(6); } set { Set(6, value); } }
    }

    /// <summary>A personal access token as it is given to its owner. Nobody can show it again.</summary>
    public partial class IssuedToken : Document
    {
        internal static readonly Shape Members = new Shape(
            "IssuedToken",
            delegate { return new IssuedToken(); },
            delegate { return new List<IssuedToken>(); },
            new string[] { "TokenName" },
            "tokenID TokenID integer",
            "tokenName TokenName text",
            "token Token text",
            "expiresUTC ExpiresUTC time");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? TokenID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>What it is for.</summary>
        public string TokenName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>The token, which is shown this once.</summary>
        public string Token { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? ExpiresUTC { get { return (DateTime?)Get(3); } set { Set(3, value); } }
    }

    /// <summary>A job: what is run (source), how (method), where it lives and with which parameters.</summary>
    public partial class Job : Definition
    {
        internal static readonly Shape Members = new Shape(
            "Job",
            delegate { return new Job(); },
            delegate { return new List<Job>(); },
            new string[] { "QualifiedName", "JobName" },
            "jobID JobID integer",
            "jobName JobName text",
            "qualifiedName QualifiedName text read",
            "description Description text",
            "methodID MethodID integer",
            "methodName MethodName text clears:methodID",
            "source Source text",
            "parentFolderID ParentFolderID integer",
            "parentFolderName ParentFolderName text clears:parentFolderID",
            "schedule Schedule text",
            "at At text",
            "timeZone TimeZone text",
            "exceptFor ExceptFor text",
            "parameters Parameters ParamDef many",
            "elements Elements Element many",
            "sourceElements SourceElements Element many",
            "properties Properties PropertyValue many",
            "tagIds TagIds integer many",
            "tags Tags Tag many",
            "inheritedTagIds InheritedTagIds integer many read",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "acl Acl ACL",
            "notObeyed NotObeyed text many read",
            "lastAutosubmitUTC LastAutosubmitUTC time read",
            "lastSuccessUTC LastSuccessUTC time read",
            "lastInfoUTC LastInfoUTC time read",
            "lastWarningUTC LastWarningUTC time read",
            "lastErrorUTC LastErrorUTC time read",
            "lastFatalUTC LastFatalUTC time read",
            "lastResetUTC LastResetUTC time read",
            "minElapsedTime MinElapsedTime number read",
            "avgElapsedTime AvgElapsedTime number read",
            "maxElapsedTime MaxElapsedTime number read",
            "minCpuTime MinCpuTime number read",
            "avgCpuTime AvgCpuTime number read",
            "maxCpuTime MaxCpuTime number read",
            "avgCount AvgCount integer read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the job.</summary>
        public long? JobID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the job, without the path.</summary>
        public string JobName { get { return (string)Get(1); } set { Set(1, value); } }

        public string QualifiedName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>Number of the execution method.</summary>
        public long? MethodID { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>The execution method, which says what runs the source, such as Command.</summary>
        public string MethodName { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>What is run: a script in the language of the method.</summary>
        public string Source { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>Number of the folder it lies in.</summary>
        public long? ParentFolderID { get { return (long?)Get(7); } set { Set(7, value); } }

        /// <summary>Path of the folder it lies in; a new one lies in the root otherwise.</summary>
        public string ParentFolderName { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>The days on which it runs by itself, such as WORKDAYS; stands for a trigger.</summary>
        public string Schedule { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>The time of day at which it does, such as 08:30; else midnight.</summary>
        public string At { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>The zone of that time, such as Europe/Berlin; else the server's.</summary>
        public string TimeZone { get { return (string)Get(11); } set { Set(11, value); } }

        /// <summary>The days on which it does not run, such as HOLIDAYS.</summary>
        public string ExceptFor { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>Its parameters: documents with paramName, defaultValue and more.</summary>
        public List<ParamDef> Parameters { get { return Items<ParamDef>(13); } set { Set(13, value); } }

        /// <summary>Its triggers and other elements, such as a ScheduleTrigger.</summary>
        public List<Element> Elements { get { return Items<Element>(14); } set { Set(14, value); } }

        /// <summary>Parts of its source where the method has such, kept and given back as they are.</summary>
        public List<Element> SourceElements { get { return Items<Element>(15); } set { Set(15, value); } }

        /// <summary>Its properties, such as Agent: documents with propertyName and currentValue.</summary>
        public PropertyBag Properties { get { return Bag(16); } set { Set(16, value); } }

        /// <summary>Numbers of its tags.</summary>
        public List<long> TagIds { get { return Items<long>(17); } set { Set(17, value); } }

        /// <summary>Its tags: documents with tagName.</summary>
        public List<Tag> Tags { get { return Items<Tag>(18); } set { Set(18, value); } }

        public List<long> InheritedTagIds { get { return Items<long>(19); } set { Set(19, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(20); } set { Set(20, value); } }

        public string LastChangedBy { get { return (string)Get(21); } set { Set(21, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(22); } set { Set(22, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(23); } set { Set(23, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(24); } set { Set(24, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(25); } set { Set(25, value); } }

        public DateTime? LastAutosubmitUTC { get { return (DateTime?)Get(26); } set { Set(26, value); } }

        public DateTime? LastSuccessUTC { get { return (DateTime?)Get(27); } set { Set(27, value); } }

        public DateTime? LastInfoUTC { get { return (DateTime?)Get(28); } set { Set(28, value); } }

        public DateTime? LastWarningUTC { get { return (DateTime?)Get(29); } set { Set(29, value); } }

        public DateTime? LastErrorUTC { get { return (DateTime?)Get(30); } set { Set(30, value); } }

        public DateTime? LastFatalUTC { get { return (DateTime?)Get(31); } set { Set(31, value); } }

        public DateTime? LastResetUTC { get { return (DateTime?)Get(32); } set { Set(32, value); } }

        public double? MinElapsedTime { get { return (double?)Get(33); } set { Set(33, value); } }

        public double? AvgElapsedTime { get { return (double?)Get(34); } set { Set(34, value); } }

        public double? MaxElapsedTime { get { return (double?)Get(35); } set { Set(35, value); } }

        public double? MinCpuTime { get { return (double?)Get(36); } set { Set(36, value); } }

        public double? AvgCpuTime { get { return (double?)Get(37); } set { Set(37, value); } }

        public double? MaxCpuTime { get { return (double?)Get(38); } set { Set(38, value); } }

        public long? AvgCount { get { return (long?)Get(39); } set { Set(39, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Job found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Job found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Job found, string name, long id, Server server)
        {
            found = Definitions.Load<Job>("get_job", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Job> Find(string pattern, Server server)
        {
            return Definitions.Find<Job>("find_jobs", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Job> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Job>("get_job", name, server);
        }
    }

    /// <summary>What is told of the file of a log, beside its text.</summary>
    public partial class LogFile : Document
    {
        internal static readonly Shape Members = new Shape(
            "LogFile",
            delegate { return new LogFile(); },
            delegate { return new List<LogFile>(); },
            new string[] {  },
            "length Length integer");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Its size in bytes.</summary>
        public long? Length { get { return (long?)Get(0); } set { Set(0, value); } }
    }

    /// <summary>A piece of the log of a run as text.</summary>
    public partial class LogPart : Document
    {
        internal static readonly Shape Members = new Shape(
            "LogPart",
            delegate { return new LogPart(); },
            delegate { return new List<LogPart>(); },
            new string[] { "JamsEntry" },
            "jamsEntry JamsEntry integer",
            "ron Ron integer",
            "text Text text",
            "offset Offset integer",
            "nextOffset NextOffset integer",
            "size Size integer",
            "complete Complete boolean",
            "cursor Cursor text",
            "begunAnew BegunAnew boolean",
            "logFilename LogFilename text",
            "content Content text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>JAMS entry number in the schedule.</summary>
        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Run occurrence number (RON).</summary>
        public long? Ron { get { return (long?)Get(1); } set { Set(1, value); } }

        public string Text { get { return (string)Get(2); } set { Set(2, value); } }

        public long? Offset { get { return (long?)Get(3); } set { Set(3, value); } }

        public long? NextOffset { get { return (long?)Get(4); } set { Set(4, value); } }

        public long? Size { get { return (long?)Get(5); } set { Set(5, value); } }

        public bool Complete { get { return (bool)(Get(6) ?? false); } set { Set(6, value); } }

        public string Cursor { get { return (string)Get(7); } set { Set(7, value); } }

        public bool BegunAnew { get { return (bool)(Get(8) ?? false); } set { Set(8, value); } }

        public string LogFilename { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>The bytes of the piece in base64, where they were asked for.</summary>
        public string Content { get { return (string)Get(10); } set { Set(10, value); } }
    }

    /// <summary>A member of a definition that an import sets otherwise; null where it says nothing.</summary>
    public partial class MemberDifference : Document
    {
        internal static readonly Shape Members = new Shape(
            "MemberDifference",
            delegate { return new MemberDifference(); },
            delegate { return new List<MemberDifference>(); },
            new string[] {  },
            "member Member text",
            "before Before text",
            "after After text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>The member; of a list of named parts, with the part's name.</summary>
        public string Member { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>What it says now.</summary>
        public string Before { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it says after the import.</summary>
        public string After { get { return (string)Get(2); } set { Set(2, value); } }
    }

    /// <summary>A menu from which jobs are submitted.</summary>
    public partial class Menu : Document
    {
        internal static readonly Shape Members = new Shape(
            "Menu",
            delegate { return new Menu(); },
            delegate { return new List<Menu>(); },
            new string[] { "MenuName" },
            "menuID MenuID integer",
            "menuName MenuName text",
            "description Description text",
            "menuDetails MenuDetails MenuDetail many",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "notObeyed NotObeyed text many read",
            "acl Acl ACL");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the menu.</summary>
        public long? MenuID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the menu.</summary>
        public string MenuName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>What it shows: lines with folderName, includeJobs and others.</summary>
        public List<MenuDetail> MenuDetails { get { return Items<MenuDetail>(3); } set { Set(3, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(4); } set { Set(4, value); } }

        public string LastChangedBy { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(6); } set { Set(6, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(8); } set { Set(8, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(9); } set { Set(9, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Menu found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Menu found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Menu found, string name, long id, Server server)
        {
            found = Definitions.Load<Menu>("get_menu", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Menu> Find(string pattern, Server server)
        {
            return Definitions.Find<Menu>("list_menus", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Menu> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Menu>("get_menu", name, server);
        }
    }

    /// <summary>A line of a menu: it adds what lies in a folder, or menus, whose names match.</summary>
    public partial class MenuDetail : Document
    {
        internal static readonly Shape Members = new Shape(
            "MenuDetail",
            delegate { return new MenuDetail(); },
            delegate { return new List<MenuDetail>(); },
            new string[] { "FolderName" },
            "menuID MenuID integer read",
            "includeFolders IncludeFolders boolean",
            "includeJobs IncludeJobs boolean",
            "includeSetups IncludeSetups boolean",
            "includeMenus IncludeMenus boolean",
            "folderID FolderID integer",
            "folderName FolderName text clears:folderID",
            "selectionCriteria SelectionCriteria text",
            "sequence Sequence integer",
            "lastChangeUTC LastChangeUTC time read");

        internal override Shape Layout { get { return Members; } }

        public long? MenuID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Whether it adds folders that lie in the folder.</summary>
        public bool IncludeFolders { get { return (bool)(Get(1) ?? false); } set { Set(1, value); } }

        /// <summary>Whether it adds jobs of the folder.</summary>
        public bool IncludeJobs { get { return (bool)(Get(2) ?? false); } set { Set(2, value); } }

        /// <summary>Whether it adds setups of the folder; as includeJobs, if nothing is said.</summary>
        public bool IncludeSetups { get { return (bool)(Get(3) ?? false); } set { Set(3, value); } }

        /// <summary>Whether it adds menus.</summary>
        public bool IncludeMenus { get { return (bool)(Get(4) ?? false); } set { Set(4, value); } }

        /// <summary>Number of the folder.</summary>
        public long? FolderID { get { return (long?)Get(5); } set { Set(5, value); } }

        /// <summary>Path of the folder; the root, if none is named.</summary>
        public string FolderName { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>What names have to match; * stands for anything, ? for one character. Else all do.</summary>
        public string SelectionCriteria { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>Its place among the lines: lower ones come first.</summary>
        public long? Sequence { get { return (long?)Get(8); } set { Set(8, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(9); } set { Set(9, value); } }
    }

    /// <summary>An execution method as it is listed: whether this server can run it, or reason why not.</summary>
    public partial class Method : Document
    {
        internal static readonly Shape Members = new Shape(
            "Method",
            delegate { return new Method(); },
            delegate { return new List<Method>(); },
            new string[] { "MethodName" },
            "methodID MethodID integer",
            "methodName MethodName text",
            "description Description text",
            "available Available boolean",
            "reason Reason text",
            "methodTypeID MethodTypeID integer",
            "methodTypeName MethodTypeName text clears:methodTypeID",
            "template Template text",
            "parameters Parameters ParamDef many",
            "properties Properties PropertyValue many",
            "jobProperties JobProperties PropertyValue many",
            "lastChangeUTC LastChangeUTC time",
            "lastChangedBy LastChangedBy text",
            "version Version integer");

        internal override Shape Layout { get { return Members; } }

        public long? MethodID { get { return (long?)Get(0); } set { Set(0, value); } }

        public string MethodName { get { return (string)Get(1); } set { Set(1, value); } }

        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        public bool Available { get { return (bool)(Get(3) ?? false); } set { Set(3, value); } }

        public string Reason { get { return (string)Get(4); } set { Set(4, value); } }

        public long? MethodTypeID { get { return (long?)Get(5); } set { Set(5, value); } }

        public string MethodTypeName { get { return (string)Get(6); } set { Set(6, value); } }

        public string Template { get { return (string)Get(7); } set { Set(7, value); } }

        public List<ParamDef> Parameters { get { return Items<ParamDef>(8); } set { Set(8, value); } }

        public PropertyBag Properties { get { return Bag(9); } set { Set(9, value); } }

        public PropertyBag JobProperties { get { return Bag(10); } set { Set(10, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(11); } set { Set(11, value); } }

        public string LastChangedBy { get { return (string)Get(12); } set { Set(12, value); } }

        public long? Version { get { return (long?)Get(13); } set { Set(13, value); } }
    }

    /// <summary>A point of a job's schedule that passed without a run: what was done about it, and why.</summary>
    public partial class MissedPoint : Document
    {
        internal static readonly Shape Members = new Shape(
            "MissedPoint",
            delegate { return new MissedPoint(); },
            delegate { return new List<MissedPoint>(); },
            new string[] { "JobName" },
            "missedID MissedID integer",
            "jobID JobID integer",
            "jobName JobName text clears:jobID",
            "scheduledTime ScheduledTime time",
            "recordedUTC RecordedUTC time",
            "action Action text Skipped|Reset|NotMade",
            "reason Reason text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? MissedID { get { return (long?)Get(0); } set { Set(0, value); } }

        public long? JobID { get { return (long?)Get(1); } set { Set(1, value); } }

        public string JobName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? ScheduledTime { get { return (DateTime?)Get(3); } set { Set(3, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? RecordedUTC { get { return (DateTime?)Get(4); } set { Set(4, value); } }

        public string Action { get { return (string)Get(5); } set { Set(5, value); } }

        public string Reason { get { return (string)Get(6); } set { Set(6, value); } }
    }

    /// <summary>A part of the day with a name: a window for jobs. Both ends are spans since midnight.</summary>
    public partial class NamedTime : Document
    {
        internal static readonly Shape Members = new Shape(
            "NamedTime",
            delegate { return new NamedTime(); },
            delegate { return new List<NamedTime>(); },
            new string[] { "TimeName" },
            "timeID TimeID integer",
            "timeName TimeName text",
            "description Description text",
            "startTime StartTime Duration",
            "endTime EndTime Duration",
            "enabled Enabled boolean =true",
            "autoEnable AutoEnable boolean",
            "autoDisable AutoDisable boolean",
            "lastAutoActionUTC LastAutoActionUTC time read",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "notObeyed NotObeyed text many read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the named time.</summary>
        public long? TimeID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the named time, by which jobs refer to it.</summary>
        public string TimeName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>When the window opens: a document with totalSeconds since midnight.</summary>
        public Duration StartTime { get { return (Duration)Get(3); } set { Set(3, value); } }

        /// <summary>When it closes, likewise; before the start, it is on the next day. Else midnight.</summary>
        public Duration EndTime { get { return (Duration)Get(4); } set { Set(4, value); } }

        /// <summary>Whether it is open at its times; otherwise it stays closed.</summary>
        public bool Enabled { get { return (bool)(Get(5) ?? false); } set { Set(5, value); } }

        /// <summary>Whether it shall be enabled by itself at its start; not supported yet.</summary>
        public bool AutoEnable { get { return (bool)(Get(6) ?? false); } set { Set(6, value); } }

        /// <summary>Whether it shall be disabled by itself at its end; not supported yet.</summary>
        public bool AutoDisable { get { return (bool)(Get(7) ?? false); } set { Set(7, value); } }

        public DateTime? LastAutoActionUTC { get { return (DateTime?)Get(8); } set { Set(8, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(9); } set { Set(9, value); } }

        public string LastChangedBy { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(11); } set { Set(11, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(13); } set { Set(13, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out NamedTime found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out NamedTime found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out NamedTime found, string name, long id, Server server)
        {
            found = Definitions.Load<NamedTime>("get_named_time", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<NamedTime> Find(string pattern, Server server)
        {
            return Definitions.Find<NamedTime>("list_named_times", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<NamedTime> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<NamedTime>("get_named_time", name, server);
        }
    }

    /// <summary>A time at which a schedule runs.</summary>
    public partial class Occurrence : Document
    {
        internal static readonly Shape Members = new Shape(
            "Occurrence",
            delegate { return new Occurrence(); },
            delegate { return new List<Occurrence>(); },
            new string[] {  },
            "scheduledTimeUTC ScheduledTimeUTC time",
            "localTime LocalTime text",
            "day Day day",
            "date Date day",
            "item Item text",
            "reason Reason text",
            "repetition Repetition integer",
            "clockChange ClockChange text",
            "windowStartUTC WindowStartUTC time",
            "windowEndUTC WindowEndUTC time",
            "cursor Cursor text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? ScheduledTimeUTC { get { return (DateTime?)Get(0); } set { Set(0, value); } }

        public string LocalTime { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>A day, written YYYY-MM-DD.</summary>
        public DateTime? Day { get { return (DateTime?)Get(2); } set { Set(2, value); } }

        /// <summary>A day, written YYYY-MM-DD.</summary>
        public DateTime? Date { get { return (DateTime?)Get(3); } set { Set(3, value); } }

        public string Item { get { return (string)Get(4); } set { Set(4, value); } }

        public string Reason { get { return (string)Get(5); } set { Set(5, value); } }

        public long? Repetition { get { return (long?)Get(6); } set { Set(6, value); } }

        public string ClockChange { get { return (string)Get(7); } set { Set(7, value); } }

        public DateTime? WindowStartUTC { get { return (DateTime?)Get(8); } set { Set(8, value); } }

        public DateTime? WindowEndUTC { get { return (DateTime?)Get(9); } set { Set(9, value); } }

        /// <summary>What a list goes on by that ends with this time.</summary>
        public string Cursor { get { return (string)Get(10); } set { Set(10, value); } }
    }

    /// <summary>Somebody who is to be told of something, or was. What it says is not shown here.</summary>
    public partial class OutboxItem : Document
    {
        internal static readonly Shape Members = new Shape(
            "OutboxItem",
            delegate { return new OutboxItem(); },
            delegate { return new List<OutboxItem>(); },
            new string[] { "JamsEntry", "Name" },
            "outboxID OutboxID integer",
            "way Way text Mail|WebHook|RecoveryJob|NotificationJob",
            "state State text Waiting|Sent|Failed",
            "jamsEntry JamsEntry integer",
            "name Name text",
            "happened Happened text",
            "toldBy ToldBy text",
            "recipients Recipients text many",
            "delivered Delivered text many",
            "createdUTC CreatedUTC time",
            "nextTryUTC NextTryUTC time",
            "attempts Attempts integer",
            "lastError LastError text",
            "doneUTC DoneUTC time",
            "messageID MessageID text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? OutboxID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>How they are told.</summary>
        public string Way { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>How far it is.</summary>
        public string State { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Number of the entry that it is about.</summary>
        public long? JamsEntry { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>Path of the job, or of the trigger.</summary>
        public string Name { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>What it tells of.</summary>
        public string Happened { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>The property, element or alert that says so.</summary>
        public string ToldBy { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>Those who have yet to be told.</summary>
        public List<string> Recipients { get { return Items<string>(7); } set { Set(7, value); } }

        /// <summary>Those who were told.</summary>
        public List<string> Delivered { get { return Items<string>(8); } set { Set(8, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? CreatedUTC { get { return (DateTime?)Get(9); } set { Set(9, value); } }

        /// <summary>When it is tried next, at the earliest.</summary>
        public DateTime? NextTryUTC { get { return (DateTime?)Get(10); } set { Set(10, value); } }

        /// <summary>How often it was tried.</summary>
        public long? Attempts { get { return (long?)Get(11); } set { Set(11, value); } }

        /// <summary>Why the last try has failed.</summary>
        public string LastError { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>When it was sent, or given up.</summary>
        public DateTime? DoneUTC { get { return (DateTime?)Get(13); } set { Set(13, value); } }

        /// <summary>By which the other side knows what comes twice.</summary>
        public string MessageID { get { return (string)Get(14); } set { Set(14, value); } }
    }

    /// <summary>The definition of a parameter at a folder, job or method.</summary>
    public partial class ParamDef : Document
    {
        internal static readonly Shape Members = new Shape(
            "ParamDef",
            delegate { return new ParamDef(); },
            delegate { return new List<ParamDef>(); },
            new string[] { "ParamName" },
            "paramName ParamName text clears:paramId",
            "dataType DataType text =Text Unknown|Text|Integer|Float|Date|Time|DateTime|Boolean",
            "defaultValue DefaultValue text",
            "defaultFormat DefaultFormat text",
            "prompt Prompt text",
            "helpText HelpText text",
            "length Length integer",
            "sequence Sequence integer",
            "required Required boolean",
            "mustFill MustFill boolean",
            "allowEntry AllowEntry boolean =true",
            "hide Hide boolean",
            "uppercase Uppercase boolean",
            "encrypt Encrypt boolean",
            "validationType ValidationType text =None None|Range|Regex|Select|MaskedEdit|Directory|OpenFile|SaveFile",
            "validationData ValidationData text",
            "parameterOrigin ParameterOrigin text read =Job Job|Folder|Method",
            "paramId ParamId integer read",
            "jobID JobID integer read",
            "variableID VariableID integer",
            "variableName VariableName text clears:variableID",
            "variableNameIsRelative VariableNameIsRelative boolean",
            "lastChangeUTC LastChangeUTC time read",
            "properties Properties PropertyValue many",
            "encryptionId EncryptionId integer read",
            "newEncryptedValue NewEncryptedValue text",
            "inherited Inherited boolean read",
            "inheritedFromType InheritedFromType text read =NotInherited NotInherited|Folder|Job|Method|ElementType",
            "inheritedFromId InheritedFromId integer read",
            "inheritedFromName InheritedFromName text read clears:inheritedFromId");

        internal override Shape Layout { get { return Members; } }

        public string ParamName { get { return (string)Get(0); } set { Set(0, value); } }

        public string DataType { get { return (string)Get(1); } set { Set(1, value); } }

        public string DefaultValue { get { return (string)Get(2); } set { Set(2, value); } }

        public string DefaultFormat { get { return (string)Get(3); } set { Set(3, value); } }

        public string Prompt { get { return (string)Get(4); } set { Set(4, value); } }

        public string HelpText { get { return (string)Get(5); } set { Set(5, value); } }

        public long? Length { get { return (long?)Get(6); } set { Set(6, value); } }

        public long? Sequence { get { return (long?)Get(7); } set { Set(7, value); } }

        public bool Required { get { return (bool)(Get(8) ?? false); } set { Set(8, value); } }

        public bool MustFill { get { return (bool)(Get(9) ?? false); } set { Set(9, value); } }

        public bool AllowEntry { get { return (bool)(Get(10) ?? false); } set { Set(10, value); } }

        public bool Hide { get { return (bool)(Get(11) ?? false); } set { Set(11, value); } }

        public bool Uppercase { get { return (bool)(Get(12) ?? false); } set { Set(12, value); } }

        public bool Encrypt { get { return (bool)(Get(13) ?? false); } set { Set(13, value); } }

        public string ValidationType { get { return (string)Get(14); } set { Set(14, value); } }

        public string ValidationData { get { return (string)Get(15); } set { Set(15, value); } }

        public string ParameterOrigin { get { return (string)Get(16); } set { Set(16, value); } }

        public long? ParamId { get { return (long?)Get(17); } set { Set(17, value); } }

        public long? JobID { get { return (long?)Get(18); } set { Set(18, value); } }

        public long? VariableID { get { return (long?)Get(19); } set { Set(19, value); } }

        public string VariableName { get { return (string)Get(20); } set { Set(20, value); } }

        public bool VariableNameIsRelative { get { return (bool)(Get(21) ?? false); } set { Set(21, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(22); } set { Set(22, value); } }

        public PropertyBag Properties { get { return Bag(23); } set { Set(23, value); } }

        public long? EncryptionId { get { return (long?)Get(24); } set { Set(24, value); } }

        public string NewEncryptedValue { get { return (string)Get(25); } set { Set(25, value); } }

        public bool Inherited { get { return (bool)(Get(26) ?? false); } set { Set(26, value); } }

        public string InheritedFromType { get { return (string)Get(27); } set { Set(27, value); } }

        public long? InheritedFromId { get { return (long?)Get(28); } set { Set(28, value); } }

        public string InheritedFromName { get { return (string)Get(29); } set { Set(29, value); } }
    }

    /// <summary>The value that a parameter has in an entry or a history record.</summary>
    public partial class ParamValue : Document
    {
        internal static readonly Shape Members = new Shape(
            "ParamValue",
            delegate { return new ParamValue(); },
            delegate { return new List<ParamValue>(); },
            new string[] { "ParamName" },
            "paramName ParamName text clears:paramId",
            "value Value text",
            "dataType DataType text =Text Unknown|Text|Integer|Float|Date|Time|DateTime|Boolean",
            "defaultFormat DefaultFormat text",
            "loadedFrom LoadedFrom text",
            "parameterOrigin ParameterOrigin text =Job Job|Folder|Method",
            "paramId ParamId integer",
            "length Length integer",
            "encryptionId EncryptionId integer read");

        internal override Shape Layout { get { return Members; } }

        public string ParamName { get { return (string)Get(0); } set { Set(0, value); } }

        public string Value { get { return (string)Get(1); } set { Set(1, value); } }

        public string DataType { get { return (string)Get(2); } set { Set(2, value); } }

        public string DefaultFormat { get { return (string)Get(3); } set { Set(3, value); } }

        public string LoadedFrom { get { return (string)Get(4); } set { Set(4, value); } }

        public string ParameterOrigin { get { return (string)Get(5); } set { Set(5, value); } }

        public long? ParamId { get { return (long?)Get(6); } set { Set(6, value); } }

        public long? Length { get { return (long?)Get(7); } set { Set(7, value); } }

        /// <summary>The encrypted variable whose value it has, which is not shown; null of another.</summary>
        public long? EncryptionId { get { return (long?)Get(8); } set { Set(8, value); } }
    }

    /// <summary>A personal access token; the token itself is shown once, when it is made.</summary>
    public partial class PersonalToken : Document
    {
        internal static readonly Shape Members = new Shape(
            "PersonalToken",
            delegate { return new PersonalToken(); },
            delegate { return new List<PersonalToken>(); },
            new string[] { "TokenName" },
            "tokenID TokenID integer",
            "tokenName TokenName text",
            "userName UserName text",
            "rights Rights text many",
            "createdUTC CreatedUTC time",
            "expiresUTC ExpiresUTC time",
            "folders Folders text many",
            "operations Operations text many",
            "readOnly ReadOnly boolean");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? TokenID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>What it is for.</summary>
        public string TokenName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>The account whose token it is.</summary>
        public string UserName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>What it is narrowed to; none: nothing.</summary>
        public List<string> Rights { get { return Items<string>(3); } set { Set(3, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? CreatedUTC { get { return (DateTime?)Get(4); } set { Set(4, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? ExpiresUTC { get { return (DateTime?)Get(5); } set { Set(5, value); } }

        /// <summary>Paths of the folders it is limited to; none: it is not.</summary>
        public List<string> Folders { get { return Items<string>(6); } set { Set(6, value); } }

        /// <summary>Names of the operations it is limited to; none: it is not.</summary>
        public List<string> Operations { get { return Items<string>(7); } set { Set(7, value); } }

        /// <summary>Whether nothing is changed by it.</summary>
        public bool ReadOnly { get { return (bool)(Get(8) ?? false); } set { Set(8, value); } }
    }

    /// <summary>A property that something may have. holds says in words which values it takes.</summary>
    public partial class PropertyDefinition : Document
    {
        internal static readonly Shape Members = new Shape(
            "PropertyDefinition",
            delegate { return new PropertyDefinition(); },
            delegate { return new List<PropertyDefinition>(); },
            new string[] { "PropertyName" },
            "propertyId PropertyId integer",
            "propertyName PropertyName text",
            "displayName DisplayName text",
            "categoryName CategoryName text",
            "description Description text",
            "typeName TypeName text",
            "holds Holds text",
            "defaultValue DefaultValue any",
            "choices Choices text many",
            "minimum Minimum integer",
            "maximum Maximum integer",
            "mergeOption MergeOption text =Replace Unknown|Append|Insert|Combine|Replace|Inherit|TakeFirst|Highest|Lowest|Sum",
            "places Places text many",
            "aliases Aliases text many",
            "required Required boolean",
            "sortOrder SortOrder integer",
            "obeyed Obeyed boolean =true",
            "notObeyed NotObeyed text");

        internal override Shape Layout { get { return Members; } }

        public long? PropertyId { get { return (long?)Get(0); } set { Set(0, value); } }

        public string PropertyName { get { return (string)Get(1); } set { Set(1, value); } }

        public string DisplayName { get { return (string)Get(2); } set { Set(2, value); } }

        public string CategoryName { get { return (string)Get(3); } set { Set(3, value); } }

        public string Description { get { return (string)Get(4); } set { Set(4, value); } }

        public string TypeName { get { return (string)Get(5); } set { Set(5, value); } }

        public string Holds { get { return (string)Get(6); } set { Set(6, value); } }

        public object DefaultValue { get { return Get(7); } set { Set(7, value); } }

        public List<string> Choices { get { return Items<string>(8); } set { Set(8, value); } }

        public long? Minimum { get { return (long?)Get(9); } set { Set(9, value); } }

        public long? Maximum { get { return (long?)Get(10); } set { Set(10, value); } }

        public string MergeOption { get { return (string)Get(11); } set { Set(11, value); } }

        public List<string> Places { get { return Items<string>(12); } set { Set(12, value); } }

        public List<string> Aliases { get { return Items<string>(13); } set { Set(13, value); } }

        public bool Required { get { return (bool)(Get(14) ?? false); } set { Set(14, value); } }

        public long? SortOrder { get { return (long?)Get(15); } set { Set(15, value); } }

        public bool Obeyed { get { return (bool)(Get(16) ?? false); } set { Set(16, value); } }

        /// <summary>Why this server does not do what it says; null when it does.</summary>
        public string NotObeyed { get { return (string)Get(17); } set { Set(17, value); } }
    }

    /// <summary>A property of a folder, job, agent or element. currentValue null means default or inherited.</summary>
    public partial class PropertyValue : Document
    {
        internal static readonly Shape Members = new Shape(
            "PropertyValue",
            delegate { return new PropertyValue(); },
            delegate { return new PropertyBag(); },
            new string[] { "PropertyName" },
            "propertyName PropertyName text clears:propertyId",
            "currentValue CurrentValue any",
            "defaultValue DefaultValue any read",
            "categoryName CategoryName text read",
            "categorySortOrder CategorySortOrder integer read",
            "displayName DisplayName text read",
            "propertyId PropertyId integer read",
            "typeName TypeName text read",
            "typeNameSSO TypeNameSSO text read",
            "toolTip ToolTip text read",
            "description Description text read",
            "editor Editor text read",
            "mergeOption MergeOption text read =Replace Unknown|Append|Insert|Combine|Replace|Inherit|TakeFirst|Highest|Lowest|Sum",
            "sortOrder SortOrder integer read",
            "inheritedFromType InheritedFromType text read =NotInherited NotInherited|Folder|Job|Method|ElementType",
            "inheritedFromId InheritedFromId integer read",
            "inheritedFromName InheritedFromName text read clears:inheritedFromId",
            "readOnly ReadOnly boolean read",
            "browsable Browsable boolean read =true");

        internal override Shape Layout { get { return Members; } }

        public string PropertyName { get { return (string)Get(0); } set { Set(0, value); } }

        public object CurrentValue { get { return Get(1); } set { Set(1, value); } }

        public object DefaultValue { get { return Get(2); } set { Set(2, value); } }

        public string CategoryName { get { return (string)Get(3); } set { Set(3, value); } }

        public long? CategorySortOrder { get { return (long?)Get(4); } set { Set(4, value); } }

        public string DisplayName { get { return (string)Get(5); } set { Set(5, value); } }

        public long? PropertyId { get { return (long?)Get(6); } set { Set(6, value); } }

        public string TypeName { get { return (string)Get(7); } set { Set(7, value); } }

        public string TypeNameSSO { get { return (string)Get(8); } set { Set(8, value); } }

        public string ToolTip { get { return (string)Get(9); } set { Set(9, value); } }

        public string Description { get { return (string)Get(10); } set { Set(10, value); } }

        public string Editor { get { return (string)Get(11); } set { Set(11, value); } }

        public string MergeOption { get { return (string)Get(12); } set { Set(12, value); } }

        public long? SortOrder { get { return (long?)Get(13); } set { Set(13, value); } }

        public string InheritedFromType { get { return (string)Get(14); } set { Set(14, value); } }

        public long? InheritedFromId { get { return (long?)Get(15); } set { Set(15, value); } }

        public string InheritedFromName { get { return (string)Get(16); } set { Set(16, value); } }

        public bool ReadOnly { get { return (bool)(Get(17) ?? false); } set { Set(17, value); } }

        public bool Browsable { get { return (bool)(Get(18) ?? false); } set { Set(18, value); } }
    }

    /// <summary>What a purge would remove, or which entry purges.</summary>
    public partial class PurgeResult : Document
    {
        internal static readonly Shape Members = new Shape(
            "PurgeResult",
            delegate { return new PurgeResult(); },
            delegate { return new List<PurgeResult>(); },
            new string[] { "JamsEntry" },
            "resultText ResultText text",
            "rows Rows integer",
            "jamsEntry JamsEntry integer");

        internal override Shape Layout { get { return Members; } }

        /// <summary>What is done or would be, in a sentence.</summary>
        public string ResultText { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>How many rows, or logs, a purge would remove.</summary>
        public long? Rows { get { return (long?)Get(1); } set { Set(1, value); } }

        /// <summary>The entry that purges.</summary>
        public long? JamsEntry { get { return (long?)Get(2); } set { Set(2, value); } }
    }

    /// <summary>An agent on which a queue is started, by its name or its number.</summary>
    public partial class QueueAgent : Document
    {
        internal static readonly Shape Members = new Shape(
            "QueueAgent",
            delegate { return new QueueAgent(); },
            delegate { return new List<QueueAgent>(); },
            new string[] { "AgentName" },
            "agentName AgentName text clears:agentID",
            "agentID AgentID integer");

        internal override Shape Layout { get { return Members; } }

        public string AgentName { get { return (string)Get(0); } set { Set(0, value); } }

        public long? AgentID { get { return (long?)Get(1); } set { Set(1, value); } }
    }

    /// <summary>Codes that stand for a one-time code, each once. Nobody can show them again.</summary>
    public partial class RecoveryCodes : Document
    {
        internal static readonly Shape Members = new Shape(
            "RecoveryCodes",
            delegate { return new RecoveryCodes(); },
            delegate { return new List<RecoveryCodes>(); },
            new string[] {  },
            "codes Codes text many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>The codes; keep them where the authenticator is not.</summary>
        public List<string> Codes { get { return Items<string>(0); } set { Set(0, value); } }
    }

    /// <summary>Something that refers to an object: what it is, where it lies, and by which of its properties.</summary>
    public partial class Reference : Document
    {
        internal static readonly Shape Members = new Shape(
            "Reference",
            delegate { return new Reference(); },
            delegate { return new List<Reference>(); },
            new string[] { "ReferringName" },
            "type Type text",
            "referringName ReferringName text",
            "folderPath FolderPath text",
            "propertyName PropertyName text",
            "description Description text");

        internal override Shape Layout { get { return Members; } }

        public string Type { get { return (string)Get(0); } set { Set(0, value); } }

        public string ReferringName { get { return (string)Get(1); } set { Set(1, value); } }

        public string FolderPath { get { return (string)Get(2); } set { Set(2, value); } }

        public string PropertyName { get { return (string)Get(3); } set { Set(3, value); } }

        public string Description { get { return (string)Get(4); } set { Set(4, value); } }
    }

    /// <summary>Something of which there is a quantity, and of which jobs take what they need while they run.</summary>
    public partial class Resource : Document
    {
        internal static readonly Shape Members = new Shape(
            "Resource",
            delegate { return new Resource(); },
            delegate { return new List<Resource>(); },
            new string[] { "ResourceName" },
            "resourceID ResourceID integer",
            "resourceName ResourceName text",
            "description Description text",
            "quantityAvailable QuantityAvailable integer",
            "quantityInUse QuantityInUse integer read",
            "agentSpecific AgentSpecific boolean",
            "resourceDetails ResourceDetails ResourceDetail many",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "notObeyed NotObeyed text many read",
            "acl Acl ACL");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the resource.</summary>
        public long? ResourceID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the resource, by which jobs refer to it.</summary>
        public string ResourceName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>How much there is, used or not; of a resource specific to agents, how much there is at each agent that resourceDetails does not name.</summary>
        public long? QuantityAvailable { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>How much of it is taken now.</summary>
        public long? QuantityInUse { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>Whether each agent has a quantity of its own, for the jobs that run there.</summary>
        public bool AgentSpecific { get { return (bool)(Get(5) ?? false); } set { Set(5, value); } }

        /// <summary>How much there is at which agent: documents with agentName and quantityAvailable.</summary>
        public List<ResourceDetail> ResourceDetails { get { return Items<ResourceDetail>(6); } set { Set(6, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(7); } set { Set(7, value); } }

        public string LastChangedBy { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(9); } set { Set(9, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(11); } set { Set(11, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(12); } set { Set(12, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Resource found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Resource found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Resource found, string name, long id, Server server)
        {
            found = Definitions.Load<Resource>("get_resource", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Resource> Find(string pattern, Server server)
        {
            return Definitions.Find<Resource>("list_resources", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Resource> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Resource>("get_resource", name, server);
        }
    }

    /// <summary>Whether an entry got what it asked for of a resource, and how the resource stands then.</summary>
    public partial class ResourceAnswer : Document
    {
        internal static readonly Shape Members = new Shape(
            "ResourceAnswer",
            delegate { return new ResourceAnswer(); },
            delegate { return new List<ResourceAnswer>(); },
            new string[] { "Message" },
            "acquired Acquired boolean",
            "message Message text",
            "quantityAvailable QuantityAvailable integer",
            "quantityInUse QuantityInUse integer");

        internal override Shape Layout { get { return Members; } }

        public bool Acquired { get { return (bool)(Get(0) ?? false); } set { Set(0, value); } }

        public string Message { get { return (string)Get(1); } set { Set(1, value); } }

        public long? QuantityAvailable { get { return (long?)Get(2); } set { Set(2, value); } }

        public long? QuantityInUse { get { return (long?)Get(3); } set { Set(3, value); } }
    }

    /// <summary>How much of a resource there is at one agent, which is named by its name or its number.</summary>
    public partial class ResourceDetail : Document
    {
        internal static readonly Shape Members = new Shape(
            "ResourceDetail",
            delegate { return new ResourceDetail(); },
            delegate { return new List<ResourceDetail>(); },
            new string[] { "AgentName" },
            "agentName AgentName text clears:agentId",
            "agentId AgentId integer",
            "quantityAvailable QuantityAvailable integer",
            "quantityInUse QuantityInUse integer read");

        internal override Shape Layout { get { return Members; } }

        public string AgentName { get { return (string)Get(0); } set { Set(0, value); } }

        public long? AgentId { get { return (long?)Get(1); } set { Set(1, value); } }

        public long? QuantityAvailable { get { return (long?)Get(2); } set { Set(2, value); } }

        public long? QuantityInUse { get { return (long?)Get(3); } set { Set(3, value); } }
    }

    /// <summary>What an entry holds of a resource, since when, and whether its script took it or its requirements.</summary>
    public partial class ResourceHolding : Document
    {
        internal static readonly Shape Members = new Shape(
            "ResourceHolding",
            delegate { return new ResourceHolding(); },
            delegate { return new List<ResourceHolding>(); },
            new string[] { "JamsEntry", "JobName" },
            "jamsEntry JamsEntry integer",
            "jobName JobName text",
            "agentName AgentName text",
            "quantity Quantity integer",
            "sinceUTC SinceUTC time",
            "byScript ByScript boolean");

        internal override Shape Layout { get { return Members; } }

        /// <summary>JAMS entry number in the schedule.</summary>
        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        public string JobName { get { return (string)Get(1); } set { Set(1, value); } }

        public string AgentName { get { return (string)Get(2); } set { Set(2, value); } }

        public long? Quantity { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? SinceUTC { get { return (DateTime?)Get(4); } set { Set(4, value); } }

        public bool ByScript { get { return (bool)(Get(5) ?? false); } set { Set(5, value); } }
    }

    /// <summary>A version of a definition, and how it came to be.</summary>
    public partial class Revision : Document
    {
        internal static readonly Shape Members = new Shape(
            "Revision",
            delegate { return new Revision(); },
            delegate { return new List<Revision>(); },
            new string[] { "Name" },
            "revisionID RevisionID integer",
            "objectType ObjectType text Agent|BatchQueue|Calendar|Folder|Job|Method|NamedTime|Resource|Trigger|Variable|Alert|Menu|DateType|Setting|Setup|Credential",
            "objectID ObjectID integer",
            "name Name text",
            "version Version integer",
            "action Action text Added|Changed|Removed",
            "auditTime AuditTime time",
            "lastChangedBy LastChangedBy text",
            "door Door text",
            "origin Origin text",
            "operation Operation text",
            "changeComment ChangeComment text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? RevisionID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>What kind of definition it is.</summary>
        public string ObjectType { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Number of the definition.</summary>
        public long? ObjectID { get { return (long?)Get(2); } set { Set(2, value); } }

        /// <summary>Its path or name in this version.</summary>
        public string Name { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>The version of the definition.</summary>
        public long? Version { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>Whether it was made, changed or removed then.</summary>
        public string Action { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? AuditTime { get { return (DateTime?)Get(6); } set { Set(6, value); } }

        /// <summary>The account that did it.</summary>
        public string LastChangedBy { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>By which door, such as REST.</summary>
        public string Door { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>From which address, where that is known.</summary>
        public string Origin { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>By which operation of the reference.</summary>
        public string Operation { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>What is to be said of it.</summary>
        public string ChangeComment { get { return (string)Get(11); } set { Set(11, value); } }
    }

    /// <summary>What two versions of a definition say differently of a member.</summary>
    public partial class RevisionDifference : Document
    {
        internal static readonly Shape Members = new Shape(
            "RevisionDifference",
            delegate { return new RevisionDifference(); },
            delegate { return new List<RevisionDifference>(); },
            new string[] {  },
            "member Member text",
            "before Before text",
            "after After text",
            "lines Lines text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>The member, such as description or parameters[day].defaultValue.</summary>
        public string Member { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>What the older one says; null: nothing.</summary>
        public string Before { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What the newer one says; null: nothing.</summary>
        public string After { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>How texts of several lines differ, as diff -u writes it.</summary>
        public string Lines { get { return (string)Get(3); } set { Set(3, value); } }
    }

    /// <summary>A version of a definition with what had been said of it: document is JSON, as REST writes such.</summary>
    public partial class RevisionDocument : Document
    {
        internal static readonly Shape Members = new Shape(
            "RevisionDocument",
            delegate { return new RevisionDocument(); },
            delegate { return new List<RevisionDocument>(); },
            new string[] { "Name" },
            "revisionID RevisionID integer",
            "objectType ObjectType text Agent|BatchQueue|Calendar|Folder|Job|Method|NamedTime|Resource|Trigger|Variable|Alert|Menu|DateType|Setting|Setup|Credential",
            "objectID ObjectID integer",
            "name Name text",
            "version Version integer",
            "action Action text Added|Changed|Removed",
            "auditTime AuditTime time",
            "lastChangedBy LastChangedBy text",
            "door Door text",
            "origin Origin text",
            "operation Operation text",
            "changeComment ChangeComment text",
            "document Document text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? RevisionID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>What kind of definition it is.</summary>
        public string ObjectType { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Number of the definition.</summary>
        public long? ObjectID { get { return (long?)Get(2); } set { Set(2, value); } }

        /// <summary>Its path or name in this version.</summary>
        public string Name { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>The version of the definition.</summary>
        public long? Version { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>Whether it was made, changed or removed then.</summary>
        public string Action { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? AuditTime { get { return (DateTime?)Get(6); } set { Set(6, value); } }

        /// <summary>The account that did it.</summary>
        public string LastChangedBy { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>By which door, such as REST.</summary>
        public string Door { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>From which address, where that is known.</summary>
        public string Origin { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>By which operation of the reference.</summary>
        public string Operation { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>What is to be said of it.</summary>
        public string ChangeComment { get { return (string)Get(11); } set { Set(11, value); } }

        /// <summary>What had been said of it, as JSON.</summary>
        public string Document { get { return (string)Get(12); } set { Set(12, value); } }
    }

    /// <summary>A run that is expected of a job; or in error why no further ones can be foreseen of it.</summary>
    public partial class ScheduleRow : Document
    {
        internal static readonly Shape Members = new Shape(
            "ScheduleRow",
            delegate { return new ScheduleRow(); },
            delegate { return new List<ScheduleRow>(); },
            new string[] { "JamsEntry", "JobName" },
            "jobID JobID integer",
            "jobName JobName text",
            "folderName FolderName text",
            "scheduledTime ScheduledTime time",
            "reason Reason text =Automatic Automatic|Planned",
            "autoSubmit AutoSubmit boolean =true",
            "explanation Explanation text",
            "nonWorkdayScheduling NonWorkdayScheduling text",
            "description Description text",
            "avgElapsedTime AvgElapsedTime number",
            "error Error ErrorDocument",
            "jamsEntry JamsEntry integer",
            "holdTime HoldTime time",
            "jobState JobState text =Timed",
            "estimatedStartDate EstimatedStartDate time",
            "completionDate CompletionDate time",
            "lastAutoSubmit LastAutoSubmit time",
            "lastSuccess LastSuccess time",
            "lastInfo LastInfo time",
            "lastWarning LastWarning time",
            "lastError LastError time",
            "lastFatal LastFatal time",
            "resubmitBase ResubmitBase text =ScheduledTime",
            "resubmitDelay ResubmitDelay Duration",
            "resubmitEnd ResubmitEnd Duration",
            "resubmitOnError ResubmitOnError boolean",
            "fullObject FullObject boolean",
            "job Job Job",
            "elements Elements Element many",
            "cursor Cursor text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of an object.</summary>
        public long? JobID { get { return (long?)Get(0); } set { Set(0, value); } }

        public string JobName { get { return (string)Get(1); } set { Set(1, value); } }

        public string FolderName { get { return (string)Get(2); } set { Set(2, value); } }

        public DateTime? ScheduledTime { get { return (DateTime?)Get(3); } set { Set(3, value); } }

        public string Reason { get { return (string)Get(4); } set { Set(4, value); } }

        public bool AutoSubmit { get { return (bool)(Get(5) ?? false); } set { Set(5, value); } }

        public string Explanation { get { return (string)Get(6); } set { Set(6, value); } }

        public string NonWorkdayScheduling { get { return (string)Get(7); } set { Set(7, value); } }

        public string Description { get { return (string)Get(8); } set { Set(8, value); } }

        public double? AvgElapsedTime { get { return (double?)Get(9); } set { Set(9, value); } }

        public ErrorDocument Error { get { return (ErrorDocument)Get(10); } set { Set(10, value); } }

        /// <summary>The entry of the run, where the schedule holds it already.</summary>
        public long? JamsEntry { get { return (long?)Get(11); } set { Set(11, value); } }

        /// <summary>Of that entry, the time before which it does not start.</summary>
        public DateTime? HoldTime { get { return (DateTime?)Get(12); } set { Set(12, value); } }

        /// <summary>How it comes to run: Timed, by its schedule.</summary>
        public string JobState { get { return (string)Get(13); } set { Set(13, value); } }

        /// <summary>When it is expected to start.</summary>
        public DateTime? EstimatedStartDate { get { return (DateTime?)Get(14); } set { Set(14, value); } }

        /// <summary>When it is expected to end, by how long good runs of it take.</summary>
        public DateTime? CompletionDate { get { return (DateTime?)Get(15); } set { Set(15, value); } }

        /// <summary>When the scheduler submitted the job last.</summary>
        public DateTime? LastAutoSubmit { get { return (DateTime?)Get(16); } set { Set(16, value); } }

        /// <summary>When it last ended with Success.</summary>
        public DateTime? LastSuccess { get { return (DateTime?)Get(17); } set { Set(17, value); } }

        /// <summary>When it last ended with Info.</summary>
        public DateTime? LastInfo { get { return (DateTime?)Get(18); } set { Set(18, value); } }

        /// <summary>When it last ended with Warning.</summary>
        public DateTime? LastWarning { get { return (DateTime?)Get(19); } set { Set(19, value); } }

        /// <summary>When it last ended with Error.</summary>
        public DateTime? LastError { get { return (DateTime?)Get(20); } set { Set(20, value); } }

        /// <summary>When it last ended with Fatal.</summary>
        public DateTime? LastFatal { get { return (DateTime?)Get(21); } set { Set(21, value); } }

        /// <summary>From what resubmitDelay counts: ScheduledTime or EndTime.</summary>
        public string ResubmitBase { get { return (string)Get(22); } set { Set(22, value); } }

        /// <summary>How long after a run it runs again; -1: it does not.</summary>
        public Duration ResubmitDelay { get { return (Duration)Get(23); } set { Set(23, value); } }

        /// <summary>Until when it runs again, since midnight; -1: to the day's end.</summary>
        public Duration ResubmitEnd { get { return (Duration)Get(24); } set { Set(24, value); } }

        /// <summary>Whether it runs again after a run that failed, too.</summary>
        public bool ResubmitOnError { get { return (bool)(Get(25) ?? false); } set { Set(25, value); } }

        /// <summary>Whether job and elements are given, as full asks for.</summary>
        public bool FullObject { get { return (bool)(Get(26) ?? false); } set { Set(26, value); } }

        /// <summary>The job, where full asks for it.</summary>
        public Job Job { get { return (Job)Get(27); } set { Set(27, value); } }

        /// <summary>The elements of the job and of the folders above it, where full asks for them.</summary>
        public List<Element> Elements { get { return Items<Element>(28); } set { Set(28, value); } }

        /// <summary>What a list goes on by that ends with this row.</summary>
        public string Cursor { get { return (string)Get(29); } set { Set(29, value); } }
    }

    /// <summary>The access list of an area of the server.</summary>
    public partial class Security : Document
    {
        internal static readonly Shape Members = new Shape(
            "Security",
            delegate { return new Security(); },
            delegate { return new List<Security>(); },
            new string[] {  },
            "accessObject AccessObject text None|AccessControl|AgentDefinitions|AlertDefinitions|CalendarDefinitions|Configuration|CredentialDefinitions|FolderDefinitions|History|JobDefinitions|MenuDefinitions|Monitor|NamedTimeDefinitions|QueueDefinitions|Reporting|ResourceDefinitions|ServerAccess|TriggerDefinitions|VariableDefinitions",
            "acl Acl ACL",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version");

        internal override Shape Layout { get { return Members; } }

        /// <summary>The area.</summary>
        public string AccessObject { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Who may do what in it: the first line that names one decides.</summary>
        public ACL Acl { get { return Part<ACL>(1); } set { Set(1, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(2); } set { Set(2, value); } }

        public string LastChangedBy { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(4); } set { Set(4, value); } }
    }

    /// <summary>What the server is.</summary>
    public partial class ServerInfo : Document
    {
        internal static readonly Shape Members = new Shape(
            "ServerInfo",
            delegate { return new ServerInfo(); },
            delegate { return new List<ServerInfo>(); },
            new string[] { "ServerName" },
            "product Product text",
            "version Version text",
            "serverName ServerName text",
            "startedUTC StartedUTC time",
            "timeUTC TimeUTC time",
            "timeOffset TimeOffset text",
            "database Database text",
            "schemaVersion SchemaVersion text",
            "platform Platform text",
            "python Python text",
            "jobsRunAs JobsRunAs text",
            "jobsApart JobsApart boolean");

        internal override Shape Layout { get { return Members; } }

        public string Product { get { return (string)Get(0); } set { Set(0, value); } }

        public string Version { get { return (string)Get(1); } set { Set(1, value); } }

        public string ServerName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? StartedUTC { get { return (DateTime?)Get(3); } set { Set(3, value); } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? TimeUTC { get { return (DateTime?)Get(4); } set { Set(4, value); } }

        public string TimeOffset { get { return (string)Get(5); } set { Set(5, value); } }

        public string Database { get { return (string)Get(6); } set { Set(6, value); } }

        public string SchemaVersion { get { return (string)Get(7); } set { Set(7, value); } }

        public string Platform { get { return (string)Get(8); } set { Set(8, value); } }

        public string Python { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>Account of its machine as which jobs run whose ExecuteAs names none.</summary>
        public string JobsRunAs { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>Whether no job runs as the account of the server, to read its secrets.</summary>
        public bool JobsApart { get { return (bool)(Get(11) ?? false); } set { Set(11, value); } }
    }

    /// <summary>What the process of the server and its machine use; a sample is taken every StatsInterval seconds.</summary>
    public partial class ServerStatistics : Document
    {
        internal static readonly Shape Members = new Shape(
            "ServerStatistics",
            delegate { return new ServerStatistics(); },
            delegate { return new List<ServerStatistics>(); },
            new string[] {  },
            "sampledUTC SampledUTC time",
            "seconds Seconds number",
            "processCpu ProcessCpu number",
            "processMemory ProcessMemory integer",
            "processThreads ProcessThreads integer",
            "machineCpu MachineCpu number",
            "machineMemory MachineMemory integer",
            "machineMemoryFree MachineMemoryFree integer");

        internal override Shape Layout { get { return Members; } }

        /// <summary>ISO 8601 time with its offset.</summary>
        public DateTime? SampledUTC { get { return (DateTime?)Get(0); } set { Set(0, value); } }

        /// <summary>Seconds since the one before, of which the shares are; 0 in the first one.</summary>
        public double? Seconds { get { return (double?)Get(1); } set { Set(1, value); } }

        /// <summary>Share of a processor that the server used, in percent.</summary>
        public double? ProcessCpu { get { return (double?)Get(2); } set { Set(2, value); } }

        /// <summary>Bytes of memory that the server has.</summary>
        public long? ProcessMemory { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>How many threads the server has.</summary>
        public long? ProcessThreads { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>Share of all processors that was used, in percent.</summary>
        public double? MachineCpu { get { return (double?)Get(5); } set { Set(5, value); } }

        /// <summary>Bytes of memory that the machine has.</summary>
        public long? MachineMemory { get { return (long?)Get(6); } set { Set(6, value); } }

        /// <summary>Bytes of it that programs can still be given.</summary>
        public long? MachineMemoryFree { get { return (long?)Get(7); } set { Set(7, value); } }
    }

    /// <summary>The health light: the worst thing known, in words, and its severity.</summary>
    public partial class ServerStatus : Document
    {
        internal static readonly Shape Members = new Shape(
            "ServerStatus",
            delegate { return new ServerStatus(); },
            delegate { return new List<ServerStatus>(); },
            new string[] { "Message" },
            "message Message text",
            "severity Severity text Success|Info|Warning|Error|Fatal",
            "schedulerActive SchedulerActive boolean",
            "entriesWaiting EntriesWaiting integer",
            "entriesExecuting EntriesExecuting integer",
            "statistics Statistics ServerStatistics");

        internal override Shape Layout { get { return Members; } }

        public string Message { get { return (string)Get(0); } set { Set(0, value); } }

        public string Severity { get { return (string)Get(1); } set { Set(1, value); } }

        public bool SchedulerActive { get { return (bool)(Get(2) ?? false); } set { Set(2, value); } }

        public long? EntriesWaiting { get { return (long?)Get(3); } set { Set(3, value); } }

        public long? EntriesExecuting { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>The last sample of what the server and its machine use.</summary>
        public ServerStatistics Statistics { get { return (ServerStatistics)Get(5); } set { Set(5, value); } }
    }

    /// <summary>A setting: one that the server knows, or one that users have added for their own purposes.</summary>
    public partial class Setting : Document
    {
        internal static readonly Shape Members = new Shape(
            "Setting",
            delegate { return new Setting(); },
            delegate { return new List<Setting>(); },
            new string[] { "Name" },
            "name Name text",
            "dataType DataType text =Text Text|Integer|Float|Boolean|Date|Time|DateTime|TimeSpan|Choice|TimeZone",
            "value Value text",
            "defaultValue DefaultValue text read",
            "description Description text",
            "choices Choices text many read",
            "minimum Minimum integer read",
            "maximum Maximum integer read",
            "own Own boolean read",
            "readOnly ReadOnly boolean read",
            "needsRestart NeedsRestart boolean read",
            "unsupported Unsupported text read",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Name of the setting, taken in any case.</summary>
        public string Name { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>What it holds; it is chosen when users add a setting, and stays.</summary>
        public string DataType { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Its value, as text in the form of its type; null is the default.</summary>
        public string Value { get { return (string)Get(2); } set { Set(2, value); } }

        public string DefaultValue { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>What it is for; of a setting that the server knows, the server says so.</summary>
        public string Description { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>The words of a choice.</summary>
        public List<string> Choices { get { return Items<string>(5); } set { Set(5, value); } }

        /// <summary>The least number.</summary>
        public long? Minimum { get { return (long?)Get(6); } set { Set(6, value); } }

        /// <summary>The greatest number.</summary>
        public long? Maximum { get { return (long?)Get(7); } set { Set(7, value); } }

        /// <summary>Whether users have added it.</summary>
        public bool Own { get { return (bool)(Get(8) ?? false); } set { Set(8, value); } }

        /// <summary>Whether the server alone sets it.</summary>
        public bool ReadOnly { get { return (bool)(Get(9) ?? false); } set { Set(9, value); } }

        /// <summary>Whether a change counts from the next start only.</summary>
        public bool NeedsRestart { get { return (bool)(Get(10) ?? false); } set { Set(10, value); } }

        /// <summary>Why the server does not obey it, if it does not.</summary>
        public string Unsupported { get { return (string)Get(11); } set { Set(11, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(12); } set { Set(12, value); } }

        public string LastChangedBy { get { return (string)Get(13); } set { Set(13, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(14); } set { Set(14, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(15); } set { Set(15, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Setting found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Setting found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Setting found, string name, long id, Server server)
        {
            found = Definitions.Load<Setting>("get_setting", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Setting> Find(string pattern, Server server)
        {
            return Definitions.Find<Setting>("list_settings", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Setting> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Setting>("get_setting", name, server);
        }
    }

    /// <summary>A setup: which jobs it runs in which steps. It is a job of the method Setup, and shown as one too.</summary>
    public partial class Setup : Definition
    {
        internal static readonly Shape Members = new Shape(
            "Setup",
            delegate { return new Setup(); },
            delegate { return new List<Setup>(); },
            new string[] { "QualifiedName", "SetupName" },
            "setupID SetupID integer",
            "setupName SetupName text",
            "qualifiedName QualifiedName text read",
            "description Description text",
            "parentFolderID ParentFolderID integer",
            "parentFolderName ParentFolderName text clears:parentFolderID",
            "schedule Schedule text",
            "at At text",
            "timeZone TimeZone text",
            "exceptFor ExceptFor text",
            "jobs Jobs SetupJob many",
            "parameters Parameters ParamDef many",
            "elements Elements Element many",
            "properties Properties PropertyValue many",
            "tagIds TagIds integer many",
            "tags Tags Tag many",
            "inheritedTagIds InheritedTagIds integer many read",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "acl Acl ACL",
            "notObeyed NotObeyed text many read",
            "lastAutosubmitUTC LastAutosubmitUTC time read",
            "lastSuccessUTC LastSuccessUTC time read",
            "lastErrorUTC LastErrorUTC time read",
            "minElapsedTime MinElapsedTime number read",
            "avgElapsedTime AvgElapsedTime number read",
            "maxElapsedTime MaxElapsedTime number read",
            "avgCount AvgCount integer read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the setup.</summary>
        public long? SetupID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the setup, without the path.</summary>
        public string SetupName { get { return (string)Get(1); } set { Set(1, value); } }

        public string QualifiedName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>Number of the folder it lies in.</summary>
        public long? ParentFolderID { get { return (long?)Get(4); } set { Set(4, value); } }

        /// <summary>Path of the folder it lies in; a new one lies in the root otherwise.</summary>
        public string ParentFolderName { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>The days on which it runs by itself, such as WORKDAYS; stands for a trigger.</summary>
        public string Schedule { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>The time of day at which it does, such as 08:30; else midnight.</summary>
        public string At { get { return (string)Get(7); } set { Set(7, value); } }

        /// <summary>The zone of that time, such as Europe/Berlin; else the server's.</summary>
        public string TimeZone { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>The days on which it does not run, such as HOLIDAYS.</summary>
        public string ExceptFor { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>Its members: documents with jobName, step and more.</summary>
        public List<SetupJob> Jobs { get { return Items<SetupJob>(10); } set { Set(10, value); } }

        /// <summary>Its parameters, whose values go to the members' parameters of the same names.</summary>
        public List<ParamDef> Parameters { get { return Items<ParamDef>(11); } set { Set(11, value); } }

        /// <summary>Its triggers and other elements, such as a ScheduleTrigger.</summary>
        public List<Element> Elements { get { return Items<Element>(12); } set { Set(12, value); } }

        /// <summary>Its properties: documents with propertyName and currentValue.</summary>
        public PropertyBag Properties { get { return Bag(13); } set { Set(13, value); } }

        /// <summary>Numbers of its tags.</summary>
        public List<long> TagIds { get { return Items<long>(14); } set { Set(14, value); } }

        /// <summary>Its tags: documents with tagName.</summary>
        public List<Tag> Tags { get { return Items<Tag>(15); } set { Set(15, value); } }

        public List<long> InheritedTagIds { get { return Items<long>(16); } set { Set(16, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(17); } set { Set(17, value); } }

        public string LastChangedBy { get { return (string)Get(18); } set { Set(18, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(19); } set { Set(19, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(20); } set { Set(20, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(21); } set { Set(21, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(22); } set { Set(22, value); } }

        public DateTime? LastAutosubmitUTC { get { return (DateTime?)Get(23); } set { Set(23, value); } }

        public DateTime? LastSuccessUTC { get { return (DateTime?)Get(24); } set { Set(24, value); } }

        public DateTime? LastErrorUTC { get { return (DateTime?)Get(25); } set { Set(25, value); } }

        public double? MinElapsedTime { get { return (double?)Get(26); } set { Set(26, value); } }

        public double? AvgElapsedTime { get { return (double?)Get(27); } set { Set(27, value); } }

        public double? MaxElapsedTime { get { return (double?)Get(28); } set { Set(28, value); } }

        public long? AvgCount { get { return (long?)Get(29); } set { Set(29, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Setup found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Setup found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Setup found, string name, long id, Server server)
        {
            found = Definitions.Load<Setup>("get_setup", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Setup> Find(string pattern, Server server)
        {
            return Definitions.Find<Setup>("find_setups", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Setup> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Setup>("get_setup", name, server);
        }
    }

    /// <summary>A member of a setup. Lower steps come first, and members of one step run beside each other.</summary>
    public partial class SetupJob : Document
    {
        internal static readonly Shape Members = new Shape(
            "SetupJob",
            delegate { return new SetupJob(); },
            delegate { return new List<SetupJob>(); },
            new string[] { "Name", "JobName" },
            "jobName JobName text clears:jobID",
            "jobID JobID integer",
            "name Name text",
            "step Step integer",
            "completionSeverity CompletionSeverity text Success|Info|Warning|Error|Fatal",
            "failureAction FailureAction text Halt|Fail|Continue",
            "waitFor WaitFor boolean =true",
            "enabled Enabled boolean =true",
            "agentNode AgentNode text",
            "batchQueueName BatchQueueName text",
            "onlySubmitOn OnlySubmitOn text",
            "exceptForDate ExceptForDate text",
            "scheduleForDate ScheduleForDate text",
            "scheduledTime ScheduledTime text",
            "parameters Parameters SetupParameter many",
            "credentialName CredentialName text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Path of the job, or its bare name.</summary>
        public string JobName { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Number of the job.</summary>
        public long? JobID { get { return (long?)Get(1); } set { Set(1, value); } }

        /// <summary>What its entry is called instead of the job's name.</summary>
        public string Name { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>The step to which it belongs.</summary>
        public long? Step { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>The worst severity that is good; else what its job says.</summary>
        public string CompletionSeverity { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>What a worse one does; without it, the setup is halted.</summary>
        public string FailureAction { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>Whether the next step waits for its end.</summary>
        public bool WaitFor { get { return (bool)(Get(6) ?? false); } set { Set(6, value); } }

        /// <summary>Whether it is run at all.</summary>
        public bool Enabled { get { return (bool)(Get(7) ?? false); } set { Set(7, value); } }

        /// <summary>The agent on which it runs.</summary>
        public string AgentNode { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>The queue in which it waits.</summary>
        public string BatchQueueName { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>The days on which it is run.</summary>
        public string OnlySubmitOn { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>The days on which it is not run.</summary>
        public string ExceptForDate { get { return (string)Get(11); } set { Set(11, value); } }

        /// <summary>The day for which it is submitted.</summary>
        public string ScheduleForDate { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>The time of day before which it does not start.</summary>
        public string ScheduledTime { get { return (string)Get(13); } set { Set(13, value); } }

        /// <summary>Values for parameters of its job.</summary>
        public List<SetupParameter> Parameters { get { return Items<SetupParameter>(14); } set { Set(14, value); } }

        /// <summary>The credential under whose account it runs, if not its job's.</summary>
        public string CredentialName { get { return (string)Get(15); } set { Set(15, value); } }
    }

    /// <summary>The value that a member of a setup gives to a parameter of its job: a text, or that of a variable.</summary>
    public partial class SetupParameter : Document
    {
        internal static readonly Shape Members = new Shape(
            "SetupParameter",
            delegate { return new SetupParameter(); },
            delegate { return new List<SetupParameter>(); },
            new string[] { "ParamName" },
            "paramName ParamName text",
            "defaultValue DefaultValue text",
            "variableName VariableName text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Name of the parameter of the job.</summary>
        public string ParamName { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Its value.</summary>
        public string DefaultValue { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>In place of a value, the path of the variable that has it.</summary>
        public string VariableName { get { return (string)Get(2); } set { Set(2, value); } }
    }

    /// <summary>How people log in by the issuer of OpenID Connect whose word counts here.</summary>
    public partial class SingleSignOn : Document
    {
        internal static readonly Shape Members = new Shape(
            "SingleSignOn",
            delegate { return new SingleSignOn(); },
            delegate { return new List<SingleSignOn>(); },
            new string[] {  },
            "offered Offered boolean",
            "issuer Issuer text",
            "clientID ClientID text",
            "scopes Scopes text many",
            "authorizationEndpoint AuthorizationEndpoint text",
            "tokenEndpoint TokenEndpoint text",
            "deviceAuthorizationEndpoint DeviceAuthorizationEndpoint text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Whether they can; if not, all else is empty.</summary>
        public bool Offered { get { return (bool)(Get(0) ?? false); } set { Set(0, value); } }

        /// <summary>The issuer, as it calls itself in its tokens.</summary>
        public string Issuer { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What clients of JAMS are called there: a public client, which uses PKCE.</summary>
        public string ClientID { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>What they ask for.</summary>
        public List<string> Scopes { get { return Items<string>(3); } set { Set(3, value); } }

        /// <summary>Where a browser is sent.</summary>
        public string AuthorizationEndpoint { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>Where a code is exchanged for an ID token.</summary>
        public string TokenEndpoint { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>Where a code for another device is asked for; empty: it gives none.</summary>
        public string DeviceAuthorizationEndpoint { get { return (string)Get(6); } set { Set(6, value); } }
    }

    /// <summary>A name that a date of a date type may bear; sequence orders the names.</summary>
    public partial class SpecificType : Document
    {
        internal static readonly Shape Members = new Shape(
            "SpecificType",
            delegate { return new SpecificType(); },
            delegate { return new List<SpecificType>(); },
            new string[] {  },
            "sequence Sequence integer",
            "specificType SpecificType text");

        internal override Shape Layout { get { return Members; } }

        public long? Sequence { get { return (long?)Get(0); } set { Set(0, value); } }

        public string SpecificTypeProperty { get { return (string)Get(1); } set { Set(1, value); } }
    }

    /// <summary>One step: what kind of rule, about which date (or date to end), in words.</summary>
    public partial class Step : Document
    {
        internal static readonly Shape Members = new Shape(
            "Step",
            delegate { return new Step(); },
            delegate { return new List<Step>(); },
            new string[] {  },
            "kind Kind text Period|Day|Workday|Definition|Interval|Offset|Exception|NonWorkday|Rejected",
            "text Text text",
            "date Date day",
            "end End day",
            "definition Definition DateDefinition",
            "setting Setting text");

        internal override Shape Layout { get { return Members; } }

        public string Kind { get { return (string)Get(0); } set { Set(0, value); } }

        public string Text { get { return (string)Get(1); } set { Set(1, value); } }

        public DateTime? Date { get { return (DateTime?)Get(2); } set { Set(2, value); } }

        public DateTime? End { get { return (DateTime?)Get(3); } set { Set(3, value); } }

        public DateDefinition Definition { get { return (DateDefinition)Get(4); } set { Set(4, value); } }

        public string Setting { get { return (string)Get(5); } set { Set(5, value); } }
    }

    /// <summary>Submissions that are made together, up to 1,000; each is what submit takes.</summary>
    public partial class Submissions : Document
    {
        internal static readonly Shape Members = new Shape(
            "Submissions",
            delegate { return new Submissions(); },
            delegate { return new List<Submissions>(); },
            new string[] {  },
            "submissions Submissions SubmitInfo many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>The submissions, up to 1,000.</summary>
        public List<SubmitInfo> SubmissionsProperty { get { return Items<SubmitInfo>(0); } set { Set(0, value); } }
    }

    /// <summary>A submission, filled in from the job: get it, change what shall differ, send it back.</summary>
    public partial class SubmitInfo : Document
    {
        internal static readonly Shape Members = new Shape(
            "SubmitInfo",
            delegate { return new SubmitInfo(); },
            delegate { return new List<SubmitInfo>(); },
            new string[] { "JamsEntry", "Name", "OverrideName" },
            "name Name text",
            "submitID SubmitID integer",
            "parameters Parameters SubmitParam many",
            "properties Properties PropertyValue many",
            "afterTimeUTC AfterTimeUTC time",
            "hold Hold boolean",
            "overrideName OverrideName text",
            "note Note text",
            "description Description text",
            "folderID FolderID integer",
            "folderName FolderName text clears:folderID",
            "source Source text",
            "allowEditSource AllowEditSource boolean read",
            "schedulingPriority SchedulingPriority integer",
            "logFilename LogFilename text",
            "logLocation LogLocation text",
            "retainOption RetainOption text =Default Default|Always|Never|Error|Timed",
            "retainTime RetainTime integer",
            "restartable Restartable boolean",
            "debugMode DebugMode boolean",
            "testSubmit TestSubmit boolean",
            "submittedBy SubmittedBy text",
            "jamsEntry JamsEntry integer read",
            "jamsId JamsId text",
            "ron Ron integer read",
            "resultText ResultText text read",
            "batchQueueID BatchQueueID integer",
            "batchQueueName BatchQueueName text clears:batchQueueID",
            "editAssemblyName EditAssemblyName text read",
            "editClassName EditClassName text read",
            "extension Extension text read",
            "elements Elements Element many",
            "sourceElements SourceElements Element many",
            "failShort FailShort boolean",
            "manageAccess ManageAccess boolean read =true",
            "missedWindowAction MissedWindowAction text =NoAction NoAction|Continue|Reschedule|RescheduleOrContinue|Restart|Abort",
            "notifyOfMissedWindow NotifyOfMissedWindow boolean",
            "precheckInterval PrecheckInterval any",
            "precheckJobID PrecheckJobID integer",
            "runawayElapsed RunawayElapsed any",
            "scheduleFromTime ScheduleFromTime any",
            "scheduleToTime ScheduleToTime any",
            "scheduleWindowID ScheduleWindowID integer",
            "setSymbols SetSymbols boolean",
            "shortElapsed ShortElapsed any",
            "stalledTime StalledTime any",
            "submitIsSimple SubmitIsSimple boolean read =true",
            "suppressNotify SuppressNotify boolean",
            "timestampLogs TimestampLogs boolean =true",
            "userID UserID integer",
            "useSymbols UseSymbols boolean",
            "tagIds TagIds integer many",
            "tags Tags Tag many",
            "inheritedTagIds InheritedTagIds integer many read",
            "notObeyed NotObeyed text many read");

        internal override Shape Layout { get { return Members; } }

        public string Name { get { return (string)Get(0); } set { Set(0, value); } }

        public long? SubmitID { get { return (long?)Get(1); } set { Set(1, value); } }

        public List<SubmitParam> Parameters { get { return Items<SubmitParam>(2); } set { Set(2, value); } }

        public PropertyBag Properties { get { return Bag(3); } set { Set(3, value); } }

        public DateTime? AfterTimeUTC { get { return (DateTime?)Get(4); } set { Set(4, value); } }

        public bool Hold { get { return (bool)(Get(5) ?? false); } set { Set(5, value); } }

        public string OverrideName { get { return (string)Get(6); } set { Set(6, value); } }

        public string Note { get { return (string)Get(7); } set { Set(7, value); } }

        public string Description { get { return (string)Get(8); } set { Set(8, value); } }

        public long? FolderID { get { return (long?)Get(9); } set { Set(9, value); } }

        public string FolderName { get { return (string)Get(10); } set { Set(10, value); } }

        public string Source { get { return (string)Get(11); } set { Set(11, value); } }

        public bool AllowEditSource { get { return (bool)(Get(12) ?? false); } set { Set(12, value); } }

        public long? SchedulingPriority { get { return (long?)Get(13); } set { Set(13, value); } }

        public string LogFilename { get { return (string)Get(14); } set { Set(14, value); } }

        public string LogLocation { get { return (string)Get(15); } set { Set(15, value); } }

        public string RetainOption { get { return (string)Get(16); } set { Set(16, value); } }

        public long? RetainTime { get { return (long?)Get(17); } set { Set(17, value); } }

        public bool Restartable { get { return (bool)(Get(18) ?? false); } set { Set(18, value); } }

        public bool DebugMode { get { return (bool)(Get(19) ?? false); } set { Set(19, value); } }

        public bool TestSubmit { get { return (bool)(Get(20) ?? false); } set { Set(20, value); } }

        public string SubmittedBy { get { return (string)Get(21); } set { Set(21, value); } }

        public long? JamsEntry { get { return (long?)Get(22); } set { Set(22, value); } }

        public string JamsId { get { return (string)Get(23); } set { Set(23, value); } }

        public long? Ron { get { return (long?)Get(24); } set { Set(24, value); } }

        public string ResultText { get { return (string)Get(25); } set { Set(25, value); } }

        public long? BatchQueueID { get { return (long?)Get(26); } set { Set(26, value); } }

        public string BatchQueueName { get { return (string)Get(27); } set { Set(27, value); } }

        public string EditAssemblyName { get { return (string)Get(28); } set { Set(28, value); } }

        public string EditClassName { get { return (string)Get(29); } set { Set(29, value); } }

        public string Extension { get { return (string)Get(30); } set { Set(30, value); } }

        public List<Element> Elements { get { return Items<Element>(31); } set { Set(31, value); } }

        public List<Element> SourceElements { get { return Items<Element>(32); } set { Set(32, value); } }

        public bool FailShort { get { return (bool)(Get(33) ?? false); } set { Set(33, value); } }

        public bool ManageAccess { get { return (bool)(Get(34) ?? false); } set { Set(34, value); } }

        public string MissedWindowAction { get { return (string)Get(35); } set { Set(35, value); } }

        public bool NotifyOfMissedWindow { get { return (bool)(Get(36) ?? false); } set { Set(36, value); } }

        public object PrecheckInterval { get { return Get(37); } set { Set(37, value); } }

        public long? PrecheckJobID { get { return (long?)Get(38); } set { Set(38, value); } }

        public object RunawayElapsed { get { return Get(39); } set { Set(39, value); } }

        public object ScheduleFromTime { get { return Get(40); } set { Set(40, value); } }

        public object ScheduleToTime { get { return Get(41); } set { Set(41, value); } }

        public long? ScheduleWindowID { get { return (long?)Get(42); } set { Set(42, value); } }

        public bool SetSymbols { get { return (bool)(Get(43) ?? false); } set { Set(43, value); } }

        public object ShortElapsed { get { return Get(44); } set { Set(44, value); } }

        public object StalledTime { get { return Get(45); } set { Set(45, value); } }

        public bool SubmitIsSimple { get { return (bool)(Get(46) ?? false); } set { Set(46, value); } }

        public bool SuppressNotify { get { return (bool)(Get(47) ?? false); } set { Set(47, value); } }

        public bool TimestampLogs { get { return (bool)(Get(48) ?? false); } set { Set(48, value); } }

        public long? UserID { get { return (long?)Get(49); } set { Set(49, value); } }

        public bool UseSymbols { get { return (bool)(Get(50) ?? false); } set { Set(50, value); } }

        public List<long> TagIds { get { return Items<long>(51); } set { Set(51, value); } }

        public List<Tag> Tags { get { return Items<Tag>(52); } set { Set(52, value); } }

        public List<long> InheritedTagIds { get { return Items<long>(53); } set { Set(53, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(54); } set { Set(54, value); } }
    }

    /// <summary>A line of a submit menu: a menu or folder to look into, or a job or setup to submit.</summary>
    public partial class SubmitMenuItem : Document
    {
        internal static readonly Shape Members = new Shape(
            "SubmitMenuItem",
            delegate { return new SubmitMenuItem(); },
            delegate { return new List<SubmitMenuItem>(); },
            new string[] { "MenuName" },
            "menuName MenuName text",
            "menuType MenuType text Menu|Folder|Job|Setup",
            "menuText MenuText text",
            "id Id integer");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Path of the folder, job or setup; name of the menu.</summary>
        public string MenuName { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>What it is.</summary>
        public string MenuType { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>What is shown of it.</summary>
        public string MenuText { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Number of an object.</summary>
        public long? Id { get { return (long?)Get(3); } set { Set(3, value); } }
    }

    /// <summary>What became of one of several submissions: the entry it made, or why it made none (entry 0).</summary>
    public partial class SubmitOutcome : Document
    {
        internal static readonly Shape Members = new Shape(
            "SubmitOutcome",
            delegate { return new SubmitOutcome(); },
            delegate { return new List<SubmitOutcome>(); },
            new string[] { "JamsEntry" },
            "jamsEntry JamsEntry integer",
            "ron Ron integer",
            "resultText ResultText text",
            "notObeyed NotObeyed text many",
            "error Error ErrorDocument");

        internal override Shape Layout { get { return Members; } }

        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        public long? Ron { get { return (long?)Get(1); } set { Set(1, value); } }

        public string ResultText { get { return (string)Get(2); } set { Set(2, value); } }

        public List<string> NotObeyed { get { return Items<string>(3); } set { Set(3, value); } }

        public ErrorDocument Error { get { return (ErrorDocument)Get(4); } set { Set(4, value); } }
    }

    /// <summary>A parameter as it is offered at submit time, and the value it is given.</summary>
    public partial class SubmitParam : Document
    {
        internal static readonly Shape Members = new Shape(
            "SubmitParam",
            delegate { return new SubmitParam(); },
            delegate { return new List<SubmitParam>(); },
            new string[] { "ParamName" },
            "paramName ParamName text clears:paramID",
            "paramValue ParamValue text",
            "dataType DataType text =Text Unknown|Text|Integer|Float|Date|Time|DateTime|Boolean",
            "defaultFormat DefaultFormat text read",
            "prompt Prompt text read",
            "helpText HelpText text read",
            "length Length integer",
            "required Required boolean",
            "mustFill MustFill boolean",
            "allowEntry AllowEntry boolean =true",
            "hide Hide boolean",
            "uppercase Uppercase boolean",
            "validationType ValidationType text =None None|Range|Regex|Select|MaskedEdit|Directory|OpenFile|SaveFile",
            "validationData ValidationData text",
            "parameterOrigin ParameterOrigin text read =Job Job|Folder|Method",
            "parameterGroup ParameterGroup text read",
            "paramID ParamID integer read",
            "uniqueId UniqueId integer read",
            "encryptionId EncryptionId integer read");

        internal override Shape Layout { get { return Members; } }

        public string ParamName { get { return (string)Get(0); } set { Set(0, value); } }

        public string ParamValue { get { return (string)Get(1); } set { Set(1, value); } }

        public string DataType { get { return (string)Get(2); } set { Set(2, value); } }

        public string DefaultFormat { get { return (string)Get(3); } set { Set(3, value); } }

        public string Prompt { get { return (string)Get(4); } set { Set(4, value); } }

        public string HelpText { get { return (string)Get(5); } set { Set(5, value); } }

        public long? Length { get { return (long?)Get(6); } set { Set(6, value); } }

        public bool Required { get { return (bool)(Get(7) ?? false); } set { Set(7, value); } }

        public bool MustFill { get { return (bool)(Get(8) ?? false); } set { Set(8, value); } }

        public bool AllowEntry { get { return (bool)(Get(9) ?? false); } set { Set(9, value); } }

        public bool Hide { get { return (bool)(Get(10) ?? false); } set { Set(10, value); } }

        public bool Uppercase { get { return (bool)(Get(11) ?? false); } set { Set(11, value); } }

        public string ValidationType { get { return (string)Get(12); } set { Set(12, value); } }

        public string ValidationData { get { return (string)Get(13); } set { Set(13, value); } }

        public string ParameterOrigin { get { return (string)Get(14); } set { Set(14, value); } }

        public string ParameterGroup { get { return (string)Get(15); } set { Set(15, value); } }

        public long? ParamID { get { return (long?)Get(16); } set { Set(16, value); } }

        public long? UniqueId { get { return (long?)Get(17); } set { Set(17, value); } }

        public long? EncryptionId { get { return (long?)Get(18); } set { Set(18, value); } }
    }

    /// <summary>The answer to a submission: the entry it made.</summary>
    public partial class SubmitResult : Document
    {
        internal static readonly Shape Members = new Shape(
            "SubmitResult",
            delegate { return new SubmitResult(); },
            delegate { return new List<SubmitResult>(); },
            new string[] { "JamsEntry" },
            "jamsEntry JamsEntry integer",
            "ron Ron integer",
            "resultText ResultText text",
            "notObeyed NotObeyed text many");

        internal override Shape Layout { get { return Members; } }

        public long? JamsEntry { get { return (long?)Get(0); } set { Set(0, value); } }

        public long? Ron { get { return (long?)Get(1); } set { Set(1, value); } }

        public string ResultText { get { return (string)Get(2); } set { Set(2, value); } }

        public List<string> NotObeyed { get { return Items<string>(3); } set { Set(3, value); } }
    }

    /// <summary>One thing that is supposed to be otherwise: an agent, queue, resource or job, or a submission.</summary>
    public partial class Supposition : Document
    {
        internal static readonly Shape Members = new Shape(
            "Supposition",
            delegate { return new Supposition(); },
            delegate { return new List<Supposition>(); },
            new string[] {  },
            "agent Agent text",
            "queue Queue text",
            "limit Limit integer",
            "started Started boolean",
            "resource Resource text",
            "quantity Quantity integer",
            "job Job text",
            "elapsed Elapsed number",
            "due Due time",
            "definition Definition Job",
            "submit Submit text",
            "priority Priority integer",
            "begin Begin time",
            "end End time");

        internal override Shape Layout { get { return Members; } }

        /// <summary>An agent that takes no runs; what runs there goes on.</summary>
        public string Agent { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>A queue with another `limit`, or that is `started`.</summary>
        public string Queue { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>How many of its jobs the queue then runs at once.</summary>
        public long? Limit { get { return (long?)Get(2); } set { Set(2, value); } }

        /// <summary>Whether the queue then starts any.</summary>
        public bool Started { get { return (bool)(Get(3) ?? false); } set { Set(3, value); } }

        /// <summary>A resource of which there is `quantity`.</summary>
        public string Resource { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>How much of the resource there then is.</summary>
        public long? Quantity { get { return (long?)Get(5); } set { Set(5, value); } }

        /// <summary>A job that takes `elapsed`, is `due`, or has another `definition`.</summary>
        public string Job { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>How many seconds its runs then take.</summary>
        public double? Elapsed { get { return (double?)Get(7); } set { Set(7, value); } }

        /// <summary>By when what of it is scheduled before that has to have ended.</summary>
        public DateTime? Due { get { return (DateTime?)Get(8); } set { Set(8, value); } }

        /// <summary>What it says otherwise, from now on; as a change of it would say it.</summary>
        public Job Definition { get { return (Job)Get(9); } set { Set(9, value); } }

        /// <summary>A job that is submitted at the `begin`.</summary>
        public string Submit { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>The priority of what is submitted.</summary>
        public long? Priority { get { return (long?)Get(11); } set { Set(11, value); } }

        /// <summary>From when on it is so; now if not given.</summary>
        public DateTime? Begin { get { return (DateTime?)Get(12); } set { Set(12, value); } }

        /// <summary>Until when it is so (agent, queue, resource); else it stays so.</summary>
        public DateTime? End { get { return (DateTime?)Get(13); } set { Set(13, value); } }
    }

    /// <summary>A label on a definition.</summary>
    public partial class Tag : Document
    {
        internal static readonly Shape Members = new Shape(
            "Tag",
            delegate { return new Tag(); },
            delegate { return new List<Tag>(); },
            new string[] { "TagName" },
            "tagId TagId integer",
            "tagName TagName text");

        internal override Shape Layout { get { return Members; } }

        public long? TagId { get { return (long?)Get(0); } set { Set(0, value); } }

        public string TagName { get { return (string)Get(1); } set { Set(1, value); } }
    }

    /// <summary>A trigger: the events for which it waits, and the jobs that it submits when all of them are there.</summary>
    public partial class Trigger : Definition
    {
        internal static readonly Shape Members = new Shape(
            "Trigger",
            delegate { return new Trigger(); },
            delegate { return new List<Trigger>(); },
            new string[] { "QualifiedName", "TriggerName" },
            "triggerID TriggerID integer",
            "triggerName TriggerName text",
            "qualifiedName QualifiedName text read",
            "parentFolderID ParentFolderID integer",
            "parentFolderName ParentFolderName text clears:parentFolderID",
            "description Description text",
            "enabled Enabled boolean =true",
            "resetWhenFired ResetWhenFired boolean =true",
            "events Events TriggerEvent many",
            "actions Actions TriggerAction many",
            "status Status text read =Enabled Enabled|Disabled|Fired",
            "statusMessage StatusMessage text read",
            "lastFiredUTC LastFiredUTC time read",
            "lastResetUTC LastResetUTC time read",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "acl Acl ACL",
            "notObeyed NotObeyed text many read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the trigger.</summary>
        public long? TriggerID { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the trigger, without the path.</summary>
        public string TriggerName { get { return (string)Get(1); } set { Set(1, value); } }

        public string QualifiedName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Number of the folder it lies in.</summary>
        public long? ParentFolderID { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>Path of the folder it lies in; a new one lies in the root otherwise.</summary>
        public string ParentFolderName { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>Whether it does anything. Enabling it begins it anew.</summary>
        public bool Enabled { get { return (bool)(Get(6) ?? false); } set { Set(6, value); } }

        /// <summary>Whether it waits anew when it has fired; else until somebody resets it.</summary>
        public bool ResetWhenFired { get { return (bool)(Get(7) ?? false); } set { Set(7, value); } }

        /// <summary>What it waits for: documents with eventType and more.</summary>
        public List<TriggerEvent> Events { get { return Items<TriggerEvent>(8); } set { Set(8, value); } }

        /// <summary>What it submits: documents with jobName or setupName.</summary>
        public List<TriggerAction> Actions { get { return Items<TriggerAction>(9); } set { Set(9, value); } }

        /// <summary>How it stands.</summary>
        public string Status { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>Why it was disabled if nobody wanted that, or what went wrong when it fired last.</summary>
        public string StatusMessage { get { return (string)Get(11); } set { Set(11, value); } }

        /// <summary>When it fired last.</summary>
        public DateTime? LastFiredUTC { get { return (DateTime?)Get(12); } set { Set(12, value); } }

        /// <summary>Since when it waits for its events.</summary>
        public DateTime? LastResetUTC { get { return (DateTime?)Get(13); } set { Set(13, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(14); } set { Set(14, value); } }

        public string LastChangedBy { get { return (string)Get(15); } set { Set(15, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(16); } set { Set(16, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(17); } set { Set(17, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(18); } set { Set(18, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(19); } set { Set(19, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Trigger found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Trigger found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Trigger found, string name, long id, Server server)
        {
            found = Definitions.Load<Trigger>("get_trigger", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Trigger> Find(string pattern, Server server)
        {
            return Definitions.Find<Trigger>("find_triggers", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Trigger> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Trigger>("get_trigger", name, server);
        }
    }

    /// <summary>A job or setup that a trigger submits.</summary>
    public partial class TriggerAction : Document
    {
        internal static readonly Shape Members = new Shape(
            "TriggerAction",
            delegate { return new TriggerAction(); },
            delegate { return new List<TriggerAction>(); },
            new string[] { "JobName" },
            "jobName JobName text",
            "setupName SetupName text",
            "scheduleForDate ScheduleForDate text",
            "scheduledTime ScheduledTime text",
            "parameters Parameters SetupParameter many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Path of the job.</summary>
        public string JobName { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>In place of a job, the path of a setup.</summary>
        public string SetupName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>The day for which it is submitted, such as TOMORROW.</summary>
        public string ScheduleForDate { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>The time of day before which it does not start.</summary>
        public string ScheduledTime { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>Values for its parameters.</summary>
        public List<SetupParameter> Parameters { get { return Items<SetupParameter>(4); } set { Set(4, value); } }
    }

    /// <summary>An event for which a trigger waits; its type says which of the members count.</summary>
    public partial class TriggerEvent : Document
    {
        internal static readonly Shape Members = new Shape(
            "TriggerEvent",
            delegate { return new TriggerEvent(); },
            delegate { return new List<TriggerEvent>(); },
            new string[] { "JobName" },
            "eventType EventType text Job|Setup|File|Variable|Mail",
            "jobName JobName text",
            "setupName SetupName text",
            "completionSeverity CompletionSeverity text Success|Info|Warning|Error|Fatal",
            "minimumSeverity MinimumSeverity text Success|Info|Warning|Error|Fatal",
            "fileName FileName text",
            "steadySeconds SteadySeconds integer",
            "ignoreEmpty IgnoreEmpty boolean",
            "variableName VariableName text",
            "comparisonOperator ComparisonOperator text Equal|NotEqual|LessThan|LessThanOrEqual|GreaterThan|GreaterThanOrEqual",
            "value Value text",
            "fromAddress FromAddress text",
            "subject Subject text",
            "body Body text",
            "mailbox Mailbox text",
            "mailServer MailServer text",
            "mailSecurity MailSecurity text TLS|StartTLS",
            "credentialName CredentialName text",
            "whenTaken WhenTaken text Stays|Marked|Moved|Deleted",
            "moveTo MoveTo text",
            "oldMail OldMail boolean",
            "met Met boolean read",
            "sinceUTC SinceUTC time read",
            "metBy MetBy text read");

        internal override Shape Layout { get { return Members; } }

        /// <summary>What sort of event it is.</summary>
        public string EventType { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Of a Job: path of the job that has to end.</summary>
        public string JobName { get { return (string)Get(1); } set { Set(1, value); } }

        /// <summary>Of a Setup: path of the setup that has to end.</summary>
        public string SetupName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>How well it has to end, at least; else Success.</summary>
        public string CompletionSeverity { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>How badly it has to end, at least; alone, that or anything worse will do.</summary>
        public string MinimumSeverity { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>Of a File: its path, whose last part may hold * and ?.</summary>
        public string FileName { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>For how many seconds nobody may have written to the file; else 5.</summary>
        public long? SteadySeconds { get { return (long?)Get(6); } set { Set(6, value); } }

        /// <summary>Whether a file without content is none.</summary>
        public bool IgnoreEmpty { get { return (bool)(Get(7) ?? false); } set { Set(7, value); } }

        /// <summary>Of a Variable: its path.</summary>
        public string VariableName { get { return (string)Get(8); } set { Set(8, value); } }

        /// <summary>How the variable is compared; else Equal.</summary>
        public string ComparisonOperator { get { return (string)Get(9); } set { Set(9, value); } }

        /// <summary>With what the variable is compared; without it, any change will do.</summary>
        public string Value { get { return (string)Get(10); } set { Set(10, value); } }

        /// <summary>Of a Mail: what its sender holds; with * and ? a pattern for all of the address.</summary>
        public string FromAddress { get { return (string)Get(11); } set { Set(11, value); } }

        /// <summary>What its subject holds, or is, likewise.</summary>
        public string Subject { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>What its text holds, or is, likewise.</summary>
        public string Body { get { return (string)Get(13); } set { Set(13, value); } }

        /// <summary>The folder of the mailbox; else INBOX.</summary>
        public string Mailbox { get { return (string)Get(14); } set { Set(14, value); } }

        /// <summary>The server of the mailbox, or host:port; else that of the setting IMAPServer.</summary>
        public string MailServer { get { return (string)Get(15); } set { Set(15, value); } }

        /// <summary>How the way there is kept secret; else as the setting IMAPSecurity says.</summary>
        public string MailSecurity { get { return (string)Get(16); } set { Set(16, value); } }

        /// <summary>The credential by which one logs in there; else that of IMAPCredential.</summary>
        public string CredentialName { get { return (string)Get(17); } set { Set(17, value); } }

        /// <summary>What becomes of a mail that the trigger has taken; else it stays.</summary>
        public string WhenTaken { get { return (string)Get(18); } set { Set(18, value); } }

        /// <summary>The folder to which the mail is moved; else Processed.</summary>
        public string MoveTo { get { return (string)Get(19); } set { Set(19, value); } }

        /// <summary>Whether mails count as well that lie there before the trigger does.</summary>
        public bool OldMail { get { return (bool)(Get(20) ?? false); } set { Set(20, value); } }

        /// <summary>Whether it is there, for the trigger.</summary>
        public bool Met { get { return (bool)(Get(21) ?? false); } set { Set(21, value); } }

        /// <summary>Since when it is there.</summary>
        public DateTime? SinceUTC { get { return (DateTime?)Get(22); } set { Set(22, value); } }

        /// <summary>What has met it, in words.</summary>
        public string MetBy { get { return (string)Get(23); } set { Set(23, value); } }
    }

    /// <summary>How the triggers of a job stand that share an AndGroup.</summary>
    public partial class TriggerState : Document
    {
        internal static readonly Shape Members = new Shape(
            "TriggerState",
            delegate { return new TriggerState(); },
            delegate { return new List<TriggerState>(); },
            new string[] { "Name" },
            "name Name text",
            "jobID JobID integer",
            "status Status text Enabled|Disabled|Fired",
            "statusMessage StatusMessage text",
            "lastFiredUTC LastFiredUTC time",
            "lastResetUTC LastResetUTC time",
            "events Events TriggerEvent many");

        internal override Shape Layout { get { return Members; } }

        /// <summary>The AndGroup; empty for those without one.</summary>
        public string Name { get { return (string)Get(0); } set { Set(0, value); } }

        /// <summary>Number of the job.</summary>
        public long? JobID { get { return (long?)Get(1); } set { Set(1, value); } }

        /// <summary>How it stands.</summary>
        public string Status { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Why it was disabled if nobody wanted that, or what went wrong when it fired last.</summary>
        public string StatusMessage { get { return (string)Get(3); } set { Set(3, value); } }

        /// <summary>When it fired last.</summary>
        public DateTime? LastFiredUTC { get { return (DateTime?)Get(4); } set { Set(4, value); } }

        /// <summary>Since when it waits for its events.</summary>
        public DateTime? LastResetUTC { get { return (DateTime?)Get(5); } set { Set(5, value); } }

        /// <summary>The events for which it waits.</summary>
        public List<TriggerEvent> Events { get { return Items<TriggerEvent>(6); } set { Set(6, value); } }
    }

    /// <summary>A named value in a folder, read by jobs and set by people and programs.</summary>
    public partial class Variable : Definition
    {
        internal static readonly Shape Members = new Shape(
            "Variable",
            delegate { return new Variable(); },
            delegate { return new List<Variable>(); },
            new string[] { "QualifiedName", "VariableName" },
            "variableId VariableId integer",
            "variableName VariableName text",
            "qualifiedName QualifiedName text read",
            "parentFolderId ParentFolderId integer",
            "parentFolderName ParentFolderName text clears:parentFolderId",
            "description Description text",
            "dataType DataType text =Text Unknown|Text|Integer|Float|Date|Time|DateTime|Boolean",
            "value Value text",
            "currentLength CurrentLength integer read",
            "encryptionId EncryptionId integer read",
            "encryptionFlag EncryptionFlag boolean",
            "lastChangeUTC LastChangeUTC time read",
            "lastChangedBy LastChangedBy text read",
            "version Version integer version",
            "damage Damage text read",
            "acl Acl ACL",
            "notObeyed NotObeyed text many read",
            "newEncryptedValue NewEncryptedValue text secret");

        internal override Shape Layout { get { return Members; } }

        /// <summary>Number of the variable.</summary>
        public long? VariableId { get { return (long?)Get(0); } set { Set(0, value); } }

        /// <summary>Name of the variable, without the path.</summary>
        public string VariableName { get { return (string)Get(1); } set { Set(1, value); } }

        public string QualifiedName { get { return (string)Get(2); } set { Set(2, value); } }

        /// <summary>Number of the folder it lies in.</summary>
        public long? ParentFolderId { get { return (long?)Get(3); } set { Set(3, value); } }

        /// <summary>Path of the folder it lies in; a new one lies in the root otherwise.</summary>
        public string ParentFolderName { get { return (string)Get(4); } set { Set(4, value); } }

        /// <summary>What it is for, in words.</summary>
        public string Description { get { return (string)Get(5); } set { Set(5, value); } }

        /// <summary>What its value is.</summary>
        public string DataType { get { return (string)Get(6); } set { Set(6, value); } }

        /// <summary>Its value, as text in the form of its data type.</summary>
        public string Value { get { return (string)Get(7); } set { Set(7, value); } }

        public long? CurrentLength { get { return (long?)Get(8); } set { Set(8, value); } }

        public long? EncryptionId { get { return (long?)Get(9); } set { Set(9, value); } }

        /// <summary>Whether the value is kept encrypted: it is shown nowhere, and reaches runs by a parameter that takes its default from the variable.</summary>
        public bool EncryptionFlag { get { return (bool)(Get(10) ?? false); } set { Set(10, value); } }

        public DateTime? LastChangeUTC { get { return (DateTime?)Get(11); } set { Set(11, value); } }

        public string LastChangedBy { get { return (string)Get(12); } set { Set(12, value); } }

        /// <summary>Its version, which grows with every change. A change that names one is only made while that is still its version.</summary>
        public long? Version { get { return (long?)Get(13); } set { Set(13, value); } }

        /// <summary>What of it cannot be read where it is stored, in words; null when all is well.</summary>
        public string Damage { get { return (string)Get(14); } set { Set(14, value); } }

        /// <summary>Its own access list: who may do what to it, where the area lets him. The first line that is about somebody decides; then those of the folders it lies in, the nearest first.</summary>
        public ACL Acl { get { return Part<ACL>(15); } set { Set(15, value); } }

        /// <summary>What of it this server does not do: what it is, and why, a text for each.</summary>
        public List<string> NotObeyed { get { return Items<string>(16); } set { Set(16, value); } }

        /// <summary>Another value of an encrypted variable, in the form of its data type; it is never shown. Left out or null, the value stays.</summary>
        public object NewEncryptedValue { get { return Get(17); } set { Set(17, value); } }

        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out Variable found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out Variable found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out Variable found, string name, long id, Server server)
        {
            found = Definitions.Load<Variable>("get_variable", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<Variable> Find(string pattern, Server server)
        {
            return Definitions.Find<Variable>("find_variables", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<Variable> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<Variable>("get_variable", name, server);
        }
    }

    /// <summary>A day, whether it is a workday, and the date definition or else the setting that says so.</summary>
    public partial class Workday : Document
    {
        internal static readonly Shape Members = new Shape(
            "Workday",
            delegate { return new Workday(); },
            delegate { return new List<Workday>(); },
            new string[] {  },
            "date Date day",
            "isWorkday IsWorkday boolean",
            "reason Reason text",
            "dateTypeType DateTypeType text",
            "description Description text",
            "setting Setting text");

        internal override Shape Layout { get { return Members; } }

        /// <summary>A day, written YYYY-MM-DD.</summary>
        public DateTime? Date { get { return (DateTime?)Get(0); } set { Set(0, value); } }

        public bool IsWorkday { get { return (bool)(Get(1) ?? false); } set { Set(1, value); } }

        public string Reason { get { return (string)Get(2); } set { Set(2, value); } }

        public string DateTypeType { get { return (string)Get(3); } set { Set(3, value); } }

        public string Description { get { return (string)Get(4); } set { Set(4, value); } }

        public string Setting { get { return (string)Get(5); } set { Set(5, value); } }
    }
}

namespace MVPSI.JAMS.Module
{
    using System.Collections.Generic;

    /// <summary>The layouts of all documents.</summary>
    internal static class Shapes
    {
        private static readonly Dictionary<string, Shape> Known = new Dictionary<string, Shape>
        {
            { "ACE", ACE.Members },
            { "ACL", ACL.Members },
            { "AccessLog", AccessLog.Members },
            { "AccessLogEntry", AccessLogEntry.Members },
            { "AccessToken", AccessToken.Members },
            { "Account", Account.Members },
            { "AccountGroup", AccountGroup.Members },
            { "Agent", Agent.Members },
            { "AgentKind", AgentKind.Members },
            { "Alert", Alert.Members },
            { "AreaAccess", AreaAccess.Members },
            { "AuditChange", AuditChange.Members },
            { "AuditFinding", AuditFinding.Members },
            { "AuditHead", AuditHead.Members },
            { "AuditRecord", AuditRecord.Members },
            { "AuditVerification", AuditVerification.Members },
            { "BackupResult", BackupResult.Members },
            { "BatchQueue", BatchQueue.Members },
            { "Calendar", Calendar.Members },
            { "CalendarImport", CalendarImport.Members },
            { "CodeSecret", CodeSecret.Members },
            { "Credential", Credential.Members },
            { "CredentialPassword", CredentialPassword.Members },
            { "Date", Date.Members },
            { "DateDefinition", DateDefinition.Members },
            { "DateEvaluation", DateEvaluation.Members },
            { "DateExplanation", DateExplanation.Members },
            { "DateType", DateType.Members },
            { "DateTypeLink", DateTypeLink.Members },
            { "DefinitionChange", DefinitionChange.Members },
            { "DefinitionImport", DefinitionImport.Members },
            { "Duration", Duration.Members },
            { "Element", Element.Members },
            { "ElementTypeDefinition", ElementTypeDefinition.Members },
            { "Entry", Entry.Members },
            { "EntryAudit", EntryAudit.Members },
            { "EntryOutcome", EntryOutcome.Members },
            { "EntryWait", EntryWait.Members },
            { "ErrorDocument", ErrorDocument.Members },
            { "Event", Event.Members },
            { "Events", Events.Members },
            { "ExecutionMethod", ExecutionMethod.Members },
            { "FailoverStatus", FailoverStatus.Members },
            { "Folder", Folder.Members },
            { "Forecast", Forecast.Members },
            { "ForecastEntry", ForecastEntry.Members },
            { "ForecastStep", ForecastStep.Members },
            { "History", History.Members },
            { "HistoryPage", HistoryPage.Members },
            { "Identity", Identity.Members },
            { "ImportedDate", ImportedDate.Members },
            { "IssuedToken", IssuedToken.Members },
            { "Job", Job.Members },
            { "LogFile", LogFile.Members },
            { "LogPart", LogPart.Members },
            { "MemberDifference", MemberDifference.Members },
            { "Menu", Menu.Members },
            { "MenuDetail", MenuDetail.Members },
            { "Method", Method.Members },
            { "MissedPoint", MissedPoint.Members },
            { "NamedTime", NamedTime.Members },
            { "Occurrence", Occurrence.Members },
            { "OutboxItem", OutboxItem.Members },
            { "ParamDef", ParamDef.Members },
            { "ParamValue", ParamValue.Members },
            { "PersonalToken", PersonalToken.Members },
            { "PropertyDefinition", PropertyDefinition.Members },
            { "PropertyValue", PropertyValue.Members },
            { "PurgeResult", PurgeResult.Members },
            { "QueueAgent", QueueAgent.Members },
            { "RecoveryCodes", RecoveryCodes.Members },
            { "Reference", Reference.Members },
            { "Resource", Resource.Members },
            { "ResourceAnswer", ResourceAnswer.Members },
            { "ResourceDetail", ResourceDetail.Members },
            { "ResourceHolding", ResourceHolding.Members },
            { "Revision", Revision.Members },
            { "RevisionDifference", RevisionDifference.Members },
            { "RevisionDocument", RevisionDocument.Members },
            { "ScheduleRow", ScheduleRow.Members },
            { "Security", Security.Members },
            { "ServerInfo", ServerInfo.Members },
            { "ServerStatistics", ServerStatistics.Members },
            { "ServerStatus", ServerStatus.Members },
            { "Setting", Setting.Members },
            { "Setup", Setup.Members },
            { "SetupJob", SetupJob.Members },
            { "SetupParameter", SetupParameter.Members },
            { "SingleSignOn", SingleSignOn.Members },
            { "SpecificType", SpecificType.Members },
            { "Step", Step.Members },
            { "Submissions", Submissions.Members },
            { "SubmitInfo", SubmitInfo.Members },
            { "SubmitMenuItem", SubmitMenuItem.Members },
            { "SubmitOutcome", SubmitOutcome.Members },
            { "SubmitParam", SubmitParam.Members },
            { "SubmitResult", SubmitResult.Members },
            { "Supposition", Supposition.Members },
            { "Tag", Tag.Members },
            { "Trigger", Trigger.Members },
            { "TriggerAction", TriggerAction.Members },
            { "TriggerEvent", TriggerEvent.Members },
            { "TriggerState", TriggerState.Members },
            { "Variable", Variable.Members },
            { "Workday", Workday.Members },
        };

        internal static Shape Get(string name)
        {
            return Known[name];
        }
    }
}
