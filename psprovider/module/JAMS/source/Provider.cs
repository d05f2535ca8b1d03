namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Collections.ObjectModel;
    using System.Management.Automation;
    using System.Management.Automation.Provider;

    /// <summary>What Get-ChildItem takes on a drive of JAMS.</summary>
    public sealed class ChildItemsParameters
    {
        /// <summary>Only definitions of this kind: folder, job or variable.</summary>
        [Parameter]
        public string ObjectType { get; set; }

        /// <summary>Read each object anew and whole, instead of taking it from the list.</summary>
        [Parameter]
        public SwitchParameter FullObject { get; set; }

        /// <summary>Leave out the containers that the server fills by itself.</summary>
        [Parameter]
        public SwitchParameter IgnorePredefined { get; set; }
    }

    /// <summary>What New-Item takes on a drive of JAMS.</summary>
    public sealed class NewItemParameters
    {
        /// <summary>The execution method of a job.</summary>
        [Parameter]
        public string MethodName { get; set; }

        /// <summary>A description.</summary>
        [Parameter]
        public string Description { get; set; }
    }

    /// <summary>The drives of JAMS: folders, jobs and variables of a server as items.</summary>
    [CmdletProvider("JAMS", ProviderCapabilities.ShouldProcess | ProviderCapabilities.Credentials)]
    public sealed partial class JamsProvider : NavigationCmdletProvider
    {
        private const string DefaultMethod = "Command";
        private const string ItemView = "MVPSI.JAMS.Item";
        private TreeReader reader;
        private TreeWriter writer;

#if CORE
        /// <summary>Paths are those of the server on every system.</summary>
        public override char ItemSeparator
        {
            get { return '\\'; }
        }

        /// <summary>A slash will do as well.</summary>
        public override char AltItemSeparator
        {
            get { return '/'; }
        }
#endif

        private TreeReader Reader
        {
            get { return reader ?? (reader = new TreeReader(IsStopping, Refused)); }
        }

        private TreeWriter Writer
        {
            get { return writer ?? (writer = new TreeWriter(Reader, IsStopping)); }
        }

        /// <summary>The drive JAMS: of the server that is meant where none is named.</summary>
        protected override Collection<PSDriveInfo> InitializeDefaultDrives()
        {
            Collection<PSDriveInfo> drives = new Collection<PSDriveInfo>();
            string root = Values.Text(SessionState.PSVariable.GetValue("JAMSDefaultServer"));
            root = root == "" ? Servers.DefaultName : root;
            try
            {
                drives.Add(new PSDriveInfo(
                    "JAMS", ProviderInfo, root.Contains("/") ? Known(root).Name : root, "The JAMS server", null));
            }
            catch (JAMSException)
            {
                // A default that names no server: then there is no drive by default.
            }
            return drives;
        }

        /// <summary>A drive whose root is a server, by its name or address, or a folder of it.</summary>
        protected override PSDriveInfo NewDrive(PSDriveInfo drive)
        {
            string root = drive.Root;
            try
            {
                root = root.Contains("://") ? Known(root).Name : root;
                if (drive.Credential != null && drive.Credential != PSCredential.Empty)
                {
                    new Place(root).Server.LogIn(
                        Catalogue.Operation(Catalogue.Content.Text("opens")), drive.Credential.GetNetworkCredential());
                }
            }
            catch (JAMSException error)
            {
                ThrowTerminatingError(error.Record(drive.Root));
            }
            return new PSDriveInfo(drive.Name, drive.Provider, root.TrimEnd('\\', '/'), drive.Description, drive.Credential);
        }

        /// <summary>The last name of a path.</summary>
        protected override string GetChildName(string path)
        {
            Place place = new Place(path);
            return place.Segments.Length == 0 ? place.ServerName : place.Leaf;
        }

        /// <summary>A path without its last name; nothing above the root.</summary>
        protected override string GetParentPath(string path, string root)
        {
            Place place = new Place(path);
            if (place.Segments.Length == 0 || new Place(root ?? "").ToString() == place.ToString())
            {
                return "";
            }
            return place.Parent.ToString();
        }

        /// <summary>Whether a path can name something: it must name a server.</summary>
        protected override bool IsValidPath(string path)
        {
            return new Place(path).ServerName != "";
        }

        /// <summary>Whether something is at a path.</summary>
        /// <remarks>
        /// A server that cannot be asked is no reason to say that nothing is there: PowerShell would tell the user just
        /// that, and hide why. So the answer is yes, and whatever is done next tells the reason.
        /// </remarks>
        protected override bool ItemExists(string path)
        {
            try
            {
                return Reader.Find(new Place(path)) != null;
            }
            catch (JAMSException)
            {
                return true;
            }
        }

        /// <summary>Whether something can be in what is at a path.</summary>
        protected override bool IsItemContainer(string path)
        {
            Node found = null;
            try
            {
                found = Reader.Find(new Place(path));
            }
            catch (JAMSException)
            {
                return new Place(path).Segments.Length == 0;
            }
            return found != null && found.Container;
        }

        /// <summary>Whether something is in what is at a path.</summary>
        protected override bool HasChildItems(string path)
        {
            bool any = false;
            Guarded(path, delegate
            {
                Node found = Reader.Find(new Place(path));
                any = found != null && found.Container && Reader.Children(found, null, true).GetEnumerator().MoveNext();
            });
            return any;
        }

        /// <summary>Show what is at a path.</summary>
        protected override void GetItem(string path)
        {
            Guarded(path, delegate { Show(Reader.Get(new Place(path))); });
        }

        /// <summary>Show what is in a folder.</summary>
        protected override void GetChildItems(string path, bool recurse)
        {
            GetChildItems(path, recurse, recurse ? uint.MaxValue : 0);
        }

        /// <summary>Show what is in a folder, and below it down to a depth.</summary>
        protected override void GetChildItems(string path, bool recurse, uint depth)
        {
            ChildItemsParameters given = DynamicParameters as ChildItemsParameters ?? new ChildItemsParameters();
            Guarded(path, delegate
            {
                TreeKind only = given.ObjectType == null ? null : Kind(given.ObjectType);
                Node parent = Reader.Get(new Place(path));
                if (!parent.Container)
                {
                    Show(parent);
                    return;
                }
                bool predefined = !given.IgnorePredefined;
                foreach (Node node in recurse
                    ? Reader.Below(parent, only, predefined, depth) : Reader.Children(parent, only, predefined))
                {
                    if (Stopping)
                    {
                        return;
                    }
                    Show(given.FullObject && node.Kind != null ? Reader.Get(node.Place) : node);
                }
            });
        }

        /// <summary>The further parameters of Get-ChildItem.</summary>
        protected override object GetChildItemsDynamicParameters(string path, bool recurse)
        {
            return new ChildItemsParameters();
        }

        /// <summary>The names of what is in a folder.</summary>
        protected override void GetChildNames(string path, ReturnContainers returnContainers)
        {
            Guarded(path, delegate
            {
                Node parent = Reader.Get(new Place(path));
                foreach (Node node in parent.Container ? Reader.Children(parent, null, true) : new Node[0])
                {
                    WriteItemObject(node.Place.Leaf, node.Place.ToString(), node.Container);
                }
            });
        }

        private static TreeKind Kind(string word)
        {
            TreeKind found = TreeKind.Meant(word);
            if (found == null)
            {
                string names = string.Join(", ", TreeKind.All.ConvertAll(
                    delegate(TreeKind kind) { return kind.Name; }).ToArray());
                throw JAMSException.Local("InvalidArgument", "There is no kind " + word + "; there are " + names + ".", word);
            }
            return found;
        }

        private static Server Known(string address)
        {
            Server server = Servers.Find(address);
            Servers.Register(server.Name, server);
            return server;
        }

        private void Refused(JAMSException error, string path)
        {
            WriteError(error.Record(path));
        }

        private bool IsStopping()
        {
            return Stopping;
        }

        private void Show(Node node)
        {
            PSObject shown = new PSObject(node.Item);
            shown.TypeNames.Insert(0, ItemView);
            WriteItemObject(shown, node.Place.ToString(), node.Container);
        }

        /// <summary>Run what may be refused; a refusal is an error about the path.</summary>
        private void Guarded(string path, Action action)
        {
            try
            {
                action();
            }
            catch (JAMSException error)
            {
                WriteError(error.Record(path));
            }
        }
    }
}
