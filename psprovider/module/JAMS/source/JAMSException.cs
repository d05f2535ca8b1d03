namespace MVPSI.JAMS
{
    using System;
    using System.Collections.Generic;
    using System.Management.Automation;
    using MVPSI.JAMS.Module;

    /// <summary>What a server refused, or what this module refuses before a server is asked.</summary>
    public class JAMSException : RuntimeException
    {
        private static readonly Dictionary<string, ErrorCategory> Categories = new Dictionary<string, ErrorCategory>
        {
            { "Invalid", ErrorCategory.InvalidArgument },
            { "Malformed", ErrorCategory.InvalidData },
            { "Unauthenticated", ErrorCategory.AuthenticationError },
            { "Denied", ErrorCategory.PermissionDenied },
            { "NotFound", ErrorCategory.ObjectNotFound },
            { "NotAllowed", ErrorCategory.InvalidOperation },
            { "Conflict", ErrorCategory.InvalidOperation },
            { "Precondition", ErrorCategory.InvalidOperation },
            { "TooLarge", ErrorCategory.LimitsExceeded },
            { "Unsupported", ErrorCategory.NotImplemented },
            { "TimedOut", ErrorCategory.OperationTimeout },
            { "Busy", ErrorCategory.ResourceBusy },
            { "Throttled", ErrorCategory.LimitsExceeded },
            { "Unavailable", ErrorCategory.ResourceUnavailable },
        };

        private static readonly Dictionary<int, string> Kinds = new Dictionary<int, string>
        {
            { 400, "Malformed" }, { 401, "Unauthenticated" }, { 403, "Denied" }, { 404, "NotFound" },
            { 405, "NotAllowed" }, { 408, "TimedOut" }, { 409, "Conflict" }, { 412, "Precondition" }, { 413, "TooLarge" },
            { 415, "Unsupported" }, { 422, "Invalid" }, { 429, "Throttled" }, { 502, "Unavailable" },
            { 503, "Unavailable" }, { 504, "TimedOut" },
        };

        internal JAMSException(string code, string kind, string message, string target, Exception inner)
            : base(message, inner)
        {
            Code = code;
            Kind = kind;
            TargetName = target;
            ErrorCategory category;
            Category = Categories.TryGetValue(kind, out category) ? category : ErrorCategory.NotSpecified;
            Category = code == "AlreadyExists" ? ErrorCategory.ResourceExists : Category;
        }

        /// <summary>The stable code of the error, as <c>JobNotFound</c>.</summary>
        public string Code { get; private set; }

        /// <summary>The kind of the error, as <c>NotFound</c>.</summary>
        public string Kind { get; private set; }

        /// <summary>The object it is about, or null.</summary>
        public string TargetName { get; private set; }

        /// <summary>PowerShell's category for the kind.</summary>
        public ErrorCategory Category { get; private set; }

        /// <summary>What is wrong with a document, an entry each.</summary>
        public ValidationLog ValidationLog
        {
            get { return new ValidationLog(Kind == "Invalid" || Kind == "Malformed" ? new[] { Message } : new string[0]); }
        }

        /// <summary>The error as PowerShell shows it.</summary>
        public override ErrorRecord ErrorRecord
        {
            get { return Record(null); }
        }

        /// <summary>The error as a record about <paramref name="target"/>.</summary>
        internal ErrorRecord Record(object target)
        {
            return new ErrorRecord(this, Code, Category, target ?? TargetName);
        }

        /// <summary>An error found on this side.</summary>
        internal static JAMSException Local(string code, string message, string target = null, Exception inner = null)
        {
            return new JAMSException(code, Catalogue.KindOf(code), message, target, inner);
        }

        /// <summary>The error that an answer tells of.</summary>
        internal static JAMSException FromAnswer(int status, string body, Server server)
        {
            Dictionary<string, object> problem = null;
            try
            {
                problem = JsonReader.Parse(body) as Dictionary<string, object>;
            }
            catch (FormatException)
            {
            }
            object code, detail, target;
            if (problem == null || !problem.TryGetValue("code", out code) || !problem.TryGetValue("detail", out detail))
            {
                return Local(
                    "ServerUnavailable",
                    server.Url + " does not answer as a JAMS server does (HTTP " + status + "): is the address right?");
            }
            problem.TryGetValue("target", out target);
            string kind;
            if (!Catalogue.TryKind((string)code, out kind) && !Kinds.TryGetValue(status, out kind))
            {
                kind = "Internal";
            }
            return new JAMSException((string)code, kind, (string)detail, target as string, null);
        }
    }

    /// <summary>What is wrong with a document.</summary>
    public sealed class ValidationLog
    {
        internal ValidationLog(string[] entries)
        {
            Entries = entries;
        }

        /// <summary>What is wrong, a sentence each.</summary>
        public string[] Entries { get; private set; }
    }
}
