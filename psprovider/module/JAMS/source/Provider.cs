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
        /// <summary>Only definitions of this kind: folder, job, setup, trigger or variable.</summary>
        [Parameter]
        [ArgumentCompleter(typeof(KindCompleter))]
        public string ObjectType { get; set; }

        /// <summary>Each object whole. Lists of this server give nothing else, so that it changes nothing.</summary>
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
        [ArgumentCompleter(typeof(MethodCompleter))]
        public string MethodName { get; set; }

        /// <summary>A description.</summary>
        [Parameter]
        public string Description { get; set; }
    }

    /// <summary>A drive and the login under which it was made, which it keeps.</summary>
    public sealed class JamsDrive : PSDriveInfo
    {
        internal JamsDrive(PSDriveInfo drive, Server server)
            : base(drive)
        {
            Server = server;
        }

        /// <summary>The server, as the drive's account calls it.</summary>
        public Server Server { get; private set; }
    }

    /// <summary>The drives of JAMS: folders, jobs and variables of a server as items.</summary>
    [CmdletProvider("JAMS", ProviderCapabilities.ShouldProcess | ProviderCapabilities.Credentials | ProviderCapabilities.Filter)]
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
                Server server = root.Contains("/") ? Known(root) : Servers.Find(root);
                root = root.Contains("/") ? server.Name : root;
                drives.Add(new JamsDrive(new PSDriveInfo("JAMS", ProviderInfo, root, "The JAMS server", null), server));
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
            Server server = null;
            try
            {
                server = root.Contains("://") ? Known(root) : new Place(root).Server;
                root = root.Contains("://") ? server.Name : root;
                if (drive.Credential != null && drive.Credential != PSCredential.Empty)
                {
                    server = server.ForLogin();
                    server.LogIn(
                        Catalogue.Operation(Catalogue.Content.Text("opens")), drive.Credential.GetNetworkCredential());
                }
            }
            catch (JAMSException error)
            {
                ThrowTerminatingError(error.Record(drive.Root));
            }
            return new JamsDrive(
                new PSDriveInfo(drive.Name, drive.Provider, root.TrimEnd('\\', '/'), drive.Description, drive.Credential),
                server);
        }

        /// <summary>The last name of a path.</summary>
        protected override string GetChildName(string path)
        {
            Place place = new Place(path);
            return place.Segments.Length == 0 ? place.ServerName : place.MarkedLeaf;
        }

        /// <summary>A path without its last name; nothing above the root.</summary>
        protected override string GetParentPath(string path, string root)
        {
            if (path.Length > 0 && (path[0] == '\\' || path[0] == '/'))
            {
                // Split-Path asks about a path behind its drive, which names no server.
                int cut = path.LastIndexOfAny(new[] { '\\', '/' });
                return path.Length == 1 ? "" : path.Substring(0, Math.Max(cut, 1));
            }
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
                return Reader.Find(Here(path)) != null;
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
                found = Reader.Find(Here(path));
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
                Node found = Reader.Find(Here(path));
                any = found != null && found.Container && Reader.Children(found, null, true).GetEnumerator().MoveNext();
            });
            return any;
        }

        /// <summary>Show what is at a path.</summary>
        protected override void GetItem(string path)
        {
            Guarded(path, delegate { Show(Reader.Get(Here(path))); });
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
                Node parent = Reader.Get(Here(path));
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
                    if (Passes(node))
                    {
                        Show(node);
                    }
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
            ChildItemsParameters given = DynamicParameters as ChildItemsParameters ?? new ChildItemsParameters();
            Guarded(path, delegate
            {
                TreeKind only = given.ObjectType == null ? null : Kind(given.ObjectType);
                Node parent = Reader.Get(Here(path));
                foreach (Node node in parent.Container
                    ? Reader.Children(parent, only, !given.IgnorePredefined) : new Node[0])
                {
                    // A folder that does not pass may hold what does, and PowerShell asks this way for those to look into.
                    if (Passes(node) || (returnContainers == ReturnContainers.ReturnAllContainers && node.Container))
                    {
                        WriteItemObject(node.Place.MarkedLeaf, node.Place.ToString(), node.Container);
                    }
                }
            });
        }

        /// <summary>The further parameters of Get-ChildItem for names.</summary>
        protected override object GetChildNamesDynamicParameters(string path)
        {
            return new ChildItemsParameters();
        }

        /// <summary>Whether the name of an item matches -Filter.</summary>
        private bool Passes(Node node)
        {
            return string.IsNullOrEmpty(Filter)
                || new WildcardPattern(Filter, WildcardOptions.IgnoreCase).IsMatch(node.Place.Leaf);
        }

        /// <summary>The place of a path, with the login of the drive that is used.</summary>
        private Place Here(string path)
        {
            JamsDrive drive = PSDriveInfo as JamsDrive;
            Place place = new Place(path);
            bool own = drive != null && string.Equals(
                new Place(drive.Root).ServerName, place.ServerName, StringComparison.OrdinalIgnoreCase);
            return own ? new Place(path, drive.Server) : place;
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
            LastShown.Note(node);
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
