namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Management.Automation;
    using System.Net;
    using System.Security;

    /// <summary>Connecting to servers and leaving them.</summary>
    public static class Session
    {
        /// <summary>Connect to a server, and make it the one that is meant where none is named.</summary>
        /// <param name="shell">The function's <c>$PSCmdlet</c>.</param>
        /// <param name="name">Name or address; empty: the default server.</param>
        /// <param name="alias">A further name by which paths may call it, or null.</param>
        /// <param name="credential">Name and password, or null.</param>
        /// <param name="code">A one-time code beside the password, or null.</param>
        /// <param name="token">A token, or null. Without either, what the server on this machine has left.</param>
        /// <param name="clear">Whether they may be sent without TLS.</param>
        public static Server Connect(
            PSCmdlet shell, string name, string alias, PSCredential credential, string code, SecureString token, bool clear)
        {
            Server connected = null;
            Guarded(shell, delegate { connected = Connected(shell, name, alias, credential, code, token, clear); });
            return connected;
        }

        private static Server Connected(
            PSCmdlet shell, string name, string alias, PSCredential credential, string code, SecureString token, bool clear)
        {
            Server server = Invocation.ServerOf(shell, name);
            if (credential != null || token != null)
            {
                server = server.ForLogin();
            }
            server.MayBeInClear |= clear;
            if (credential != null)
            {
                server.LogIn(
                    Catalogue.Operation(Catalogue.Content.Text("opens")), credential.GetNetworkCredential(), code);
            }
            else if (token != null)
            {
                server.UseToken(new NetworkCredential("", token).Password);
            }
            Identity who = (Identity)new Caller(server, Stop(shell)).Call(
                Catalogue.Operation(Catalogue.Content.Text("whoami")), new Dictionary<string, object>());
            server.UserName = who.Username;
            Servers.Current = server;
            // The drive goes by this name, whatever the server was called here.
            foreach (string known in new[] { server.Name, name, alias })
            {
                if (!string.IsNullOrEmpty(known))
                {
                    Servers.Register(known, server);
                }
            }
            return server;
        }

        /// <summary>Whether a server is known to let the caller in without being told anything more.</summary>
        public static bool HasLogin(PSCmdlet shell, string name)
        {
            return Invocation.ServerOf(shell, name).Authorization != null && !Prompts(shell, name);
        }

        /// <summary>Whether a server is to be told each time who calls: the Prompt of its block in the list.</summary>
        public static bool Prompts(PSCmdlet shell, string name)
        {
            return Servers.Prompts(string.IsNullOrEmpty(name) ? Invocation.ServerOf(shell, name).Name : name);
        }

        /// <summary>Give back the token of a server and forget it.</summary>
        /// <param name="shell">The function's <c>$PSCmdlet</c>.</param>
        /// <param name="name">Name or address; empty: the default server.</param>
        /// <param name="all">Whether to end every login of the account.</param>
        public static void Disconnect(PSCmdlet shell, string name, bool all)
        {
            Server server = Invocation.ServerOf(shell, name);
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            if (all)
            {
                inputs["all"] = true;
            }
            Guarded(shell, delegate
            {
                new Caller(server, Stop(shell)).Call(
                    Catalogue.Operation(Catalogue.Content.Text("closes")), inputs);
            });
            server.Forget();
            if (Servers.Current == server)
            {
                Servers.Current = null;
            }
        }

        private static void Guarded(PSCmdlet shell, Action action)
        {
            try
            {
                action();
            }
            catch (JAMSException error)
            {
                shell.ThrowTerminatingError(error.Record(null));
            }
        }

        /// <summary>What the server that a call means is called.</summary>
        public static string NameOf(PSCmdlet shell, string name)
        {
            return Invocation.ServerOf(shell, name).Name;
        }

        private static Func<bool> Stop(PSCmdlet shell)
        {
            return delegate { return shell.Stopping; };
        }
    }
}
