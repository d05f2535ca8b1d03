namespace MVPSI.JAMS
{
    using System.Collections.Generic;
    using MVPSI.JAMS.Module;

    /// <summary>A stored credential, as scripts make and change one. Its secrets are sent and never shown.</summary>
    public partial class Credential
    {
        /// <summary>Look whether it can be sent at all. Raises JAMSException.</summary>
        public void Validate()
        {
            if (string.IsNullOrEmpty(CredentialName))
            {
                throw JAMSException.Local("MissingArgument", "Give the credential a name.");
            }
        }

        /// <summary>Create it, or save it where it came from. Raises JAMSException.</summary>
        public void Update()
        {
            Update(Origin);
        }

        /// <summary>Create it on a server, or save it there. Raises JAMSException.</summary>
        public void Update(Server server)
        {
            Validate();
            Caller caller = new Caller(server ?? Servers.Find(null), null);
            Operation operation = Catalogue.Operation(CredentialID == null ? "create_credential" : "change_credential");
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            inputs[operation.Text("document")] = this;
            caller.Call(operation, inputs);
            DriveCache.Clear();
            Dictionary<string, object> key = new Dictionary<string, object>();
            key["name"] = CredentialName;
            Become((Document)caller.Call(Catalogue.Operation("get_credential"), key));
        }
    }
}
