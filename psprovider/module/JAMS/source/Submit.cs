namespace MVPSI.JAMS
{
    using System;
    using System.Collections.Generic;
    using MVPSI.JAMS.Module;

    /// <summary>A parameter's definition, under the name that scripts make it by.</summary>
    public sealed class Param : ParamDef
    {
    }

    /// <summary>Submissions as scripts make them: Load, change, Submit.</summary>
    public static class Submit
    {
        /// <summary>The submission of a job as it would be made now.</summary>
        public static bool Load(out Info info, string name, Server server)
        {
            info = new Info();
            info.Become(Definitions.Load<SubmitInfo>("get_submit_info", name, 0, server));
            return true;
        }

        /// <summary>The submission of a job as it would be made now, on the current server.</summary>
        public static bool Load(out Info info, string name)
        {
            return Load(out info, name, null);
        }

        /// <summary>A submission: its parameters by name, and what became of it.</summary>
        public sealed class Info : SubmitInfo
        {
            /// <summary>The parameters; <c>Parameters['day'].ParamValue = 'today'</c> gives one a value.</summary>
            public new Named Parameters
            {
                get { return new Named(base.Parameters); }
            }

            /// <summary>Submit it; its JAMSEntry is the entry that it made. Raises JAMSException.</summary>
            public SubmitResult Submit()
            {
                Operation operation = Catalogue.Operation("submit");
                Dictionary<string, object> inputs = new Dictionary<string, object>();
                inputs[operation.Text("document")] = this;
                SubmitResult result =
                    (SubmitResult)new Caller(Origin ?? Servers.Find(null), null).Call(operation, inputs);
                JamsEntry = result.JamsEntry;
                Ron = result.Ron;
                return result;
            }
        }

        /// <summary>Parameters by name or by number.</summary>
        public sealed class Named : List<SubmitParam>
        {
            internal Named(IEnumerable<SubmitParam> parameters)
                : base(parameters)
            {
            }

            /// <summary>The parameter of a name, in any case, or null.</summary>
            public SubmitParam this[string name]
            {
                get
                {
                    return Find(delegate(SubmitParam parameter)
                    {
                        return string.Equals(parameter.ParamName, name, StringComparison.OrdinalIgnoreCase);
                    });
                }
            }
        }
    }
}
