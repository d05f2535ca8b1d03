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
#pragma warning restore 1591
    }

    /// <summary>A line of an access list, with the rights as the flags that scripts combine.</summary>
    public sealed class GenericACE : ACE
    {
        /// <summary>The rights: a combination of FolderAccess, JobAccess and their like, or names.</summary>
        public object AccessBits
        {
            get
            {
                return string.Join(", ", AccessList.ToArray());
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
