namespace MVPSI.JAMS
{
    using System;

    /// <summary>What somebody may do with a folder and what is in it.</summary>
    [Flags]
    public enum FolderAccess
    {
#pragma warning disable 1591
        None = 0, Inquire = 1, Change = 2, Delete = 4, Control = 8, Submit = 16, Debug = 32, Manage = 64, Abort = 128,
        Monitor = 256, AddJobs = 512, ChangeJobs = 1024, DeleteJobs = 2048, InquireJobs = 4096, Execute = 8192,
    }

    /// <summary>What somebody may do with a job.</summary>
    [Flags]
    public enum JobAccess
    {
        None = 0, Inquire = 1, Change = 2, Delete = 4, Control = 8, Submit = 16, Debug = 32, Manage = 64, Abort = 128,
        Monitor = 256,
    }

    /// <summary>What somebody may do with a variable.</summary>
    [Flags]
    public enum VariableAccess
    {
        None = 0, Inquire = 1, Change = 2, Delete = 4, Control = 8, Decrypt = 16,
    }

    /// <summary>What somebody may do with an agent.</summary>
    [Flags]
    public enum AgentAccess
    {
        None = 0, Inquire = 1, Change = 2, Delete = 4, Control = 8, Submit = 16, Manage = 64,
    }

    /// <summary>What somebody may do with a queue.</summary>
    [Flags]
    public enum BatchQueueRights
    {
        None = 0, Inquire = 1, Change = 2, Delete = 4, Control = 8, Submit = 16, Manage = 64,
    }

    /// <summary>What somebody may do with a calendar.</summary>
    [Flags]
    public enum CalendarAccess
    {
        None = 0, Inquire = 1, Change = 2, Delete = 4, Control = 8,
    }

    /// <summary>What somebody may do with a resource.</summary>
    [Flags]
    public enum ResourceRights
    {
        None = 0, Inquire = 1, Change = 2, Delete = 4, Control = 8, Acquire = 16,
    }

    /// <summary>What somebody may do with a credential.</summary>
    [Flags]
    public enum UserAccess
    {
        None = 0, Change = 2, Control = 8, Submit = 16, GetPassword = 32,
    }

    /// <summary>What somebody may do in an area of the server.</summary>
    [Flags]
    public enum ObjectAccess
    {
        None = 0, Inquire = 1, Change = 2, Delete = 4, Control = 8, Add = 16, Execute = 32, Manage = 64, Abort = 128,
        Decrypt = 256, SeeAll = 512, SeeOwn = 1024,
    }

#pragma warning restore 1591

    /// <summary>The rights of a line of an access list as flags.</summary>
    public partial class ACE
    {
        private static readonly Type[] Flavours =
        {
            typeof(FolderAccess), typeof(VariableAccess), typeof(ResourceRights), typeof(UserAccess), typeof(ObjectAccess),
        };

        /// <summary>The enumeration whose flags the rights are, where that is known.</summary>
        internal Type Flavour { get; set; }

        /// <summary>
        /// The rights as scripts combine them: flags of the first of FolderAccess, VariableAccess, ResourceRights,
        /// UserAccess and ObjectAccess that has them all, or their names where none has. Flags or names can be set.
        /// </summary>
        public object AccessBits
        {
            get
            {
                string told = string.Join(", ", AccessList.ToArray());
                foreach (Type flavour in Flavour == null ? Flavours : new[] { Flavour })
                {
                    if (AccessList.Count > 0 && AccessList.TrueForAll(
                        delegate(string name) { return Array.IndexOf(Enum.GetNames(flavour), name) >= 0; }))
                    {
                        return Enum.Parse(flavour, told);
                    }
                }
                if (AccessList.Count > 0)
                {
                    return told;
                }
                return Flavour == null ? FolderAccess.None : Enum.ToObject(Flavour, 0);
            }

            set
            {
                AccessList.Clear();
                object bare = Module.Values.Plain(value);
                foreach (string name in Module.Values.Text(bare).Split(','))
                {
                    if (name.Trim() != "" && name.Trim() != "None")
                    {
                        AccessList.Add(name.Trim());
                    }
                }
            }
        }
    }

    /// <summary>A line of an access list, under the name by which scripts make one.</summary>
    public sealed class GenericACE : ACE
    {
    }

    /// <summary>The access list of an area, as scripts load it.</summary>
    public partial class Security
    {
        /// <summary>The access list of an area of a server. Raises JAMSException.</summary>
        public static bool Load(out Security found, AccessObject area, Server server)
        {
            System.Collections.Generic.Dictionary<string, object> inputs =
                new System.Collections.Generic.Dictionary<string, object>();
            inputs["area"] = area.ToString();
            Module.Caller caller = new Module.Caller(server ?? Module.Servers.Find(null), null);
            found = (Security)caller.Call(Module.Catalogue.Operation("get_security"), inputs);
            foreach (ACE line in found.Acl.GenericACL)
            {
                line.Flavour = typeof(ObjectAccess);
            }
            return true;
        }

        /// <summary>The access list of an area of the current server. Raises JAMSException.</summary>
        public static bool Load(out Security found, AccessObject area)
        {
            return Load(out found, area, null);
        }
    }

    /// <summary>Whether there is a list at all.</summary>
    public partial class ACL
    {
        /// <summary>Whether nobody is named.</summary>
        public bool IsNull
        {
            get { return GenericACL.Count == 0; }
        }
    }
}
