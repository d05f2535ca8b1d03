namespace MVPSI.JAMS
{
    using System;
    using System.Collections.Generic;
    using System.Net;
    using System.Text;
    using MVPSI.JAMS.Module;

    /// <summary>A JAMS server, and who calls it.</summary>
    public sealed class Server
    {
        private string refreshToken;
        private Func<string> letIn;

        internal Server(string name, string url)
        {
            Name = name;
            Url = url;
            Identity = new object();
        }

        /// <summary>What the server is called in -Server and in paths.</summary>
        public string Name { get; internal set; }

        /// <summary>The address of its web services.</summary>
        public string Url { get; private set; }

        /// <summary>The account that calls; null before it is known.</summary>
        public string UserName { get; set; }

        /// <summary>The server that is used where none is named, or null.</summary>
        public static Server CurrentServer
        {
            get { return Servers.Current; }
        }

        /// <summary>The value of the Authorization header; it is never shown.</summary>
        internal string Authorization { get; private set; }

        /// <summary>Whether it has answered before.</summary>
        internal bool Answered { get; set; }

        /// <summary>Something else for each login, under which what it was shown is kept.</summary>
        internal object Identity { get; private set; }

        /// <summary>Whether what lets a caller in may be sent without TLS, though it leaves this machine.</summary>
        internal bool MayBeInClear { get; set; }

        /// <summary>The server of a name, as <c>jams.example.com</c> or <c>host:8080</c>.</summary>
        public static Server GetServer(string name)
        {
            return Servers.Find(name);
        }

        /// <summary>The server that is used where none is named.</summary>
        public static Server GetCurrentServer()
        {
            return Servers.Find(null);
        }

        /// <summary>What the server is called.</summary>
        public override string ToString()
        {
            return Name;
        }

        /// <summary>
        /// The server for a login: itself while nobody has logged in, else one of the same address. So drives and other
        /// names keep the login that they have.
        /// </summary>
        internal Server ForLogin()
        {
            return Authorization == null ? this : new Server(Name, Url) { MayBeInClear = MayBeInClear };
        }

        /// <summary>Raises JAMSException if a password or token would go over the network for anybody to read.</summary>
        internal void CheckSecrecy()
        {
            Uri address = new Uri(Url);
            if (address.Scheme == "http" && !address.IsLoopback && !MayBeInClear)
            {
                throw JAMSException.Local(
                    "InvalidArgument",
                    "Nothing that lets you in is sent to " + Url + ", where anybody on the way could read it. Give an "
                    + "address with https, or say Connect-JAMSServer -AllowUnencryptedAuthentication.",
                    Name);
            }
        }

        /// <summary>Call with a token; <paramref name="another" /> gives one when it has run out.</summary>
        internal void UseToken(string token, Func<string> another = null)
        {
            Authorization = "Bearer " + token;
            refreshToken = null;
            letIn = another;
            Identity = new object();
        }

        /// <summary>
        /// Exchange a name and password for a token, with a one-time code where the account takes one. Raises
        /// JAMSException.
        /// </summary>
        internal void LogIn(Operation opens, NetworkCredential credential, string code = null)
        {
            Dictionary<string, object> inputs = new Dictionary<string, object>
            {
                { "username", credential.UserName }, { "password", credential.Password },
            };
            if (!string.IsNullOrEmpty(code))
            {
                inputs["code"] = code;
            }
            Take(opens, inputs);
            letIn = null;
            UserName = credential.UserName;
            Identity = new object();
        }

        /// <summary>Exchange the refresh token for a new token; whether that was possible.</summary>
        internal bool Renew()
        {
            if (refreshToken == null)
            {
                string token = letIn == null ? null : letIn();
                if (token == null || Authorization == "Bearer " + token)
                {
                    return false;
                }
                Authorization = "Bearer " + token;
                return true;
            }
            string spent = refreshToken;
            refreshToken = null;
            try
            {
                Take(Catalogue.Operation(Catalogue.Content.Text("opens")), new Dictionary<string, object>
                {
                    { "grant_type", "refresh_token" }, { "refresh_token", spent },
                });
                return true;
            }
            catch (JAMSException)
            {
                return false;
            }
        }

        /// <summary>Forget who called.</summary>
        internal void Forget()
        {
            Authorization = null;
            refreshToken = null;
            letIn = null;
            UserName = null;
            Identity = new object();
        }

        private void Take(Operation opens, Dictionary<string, object> inputs)
        {
            AccessToken token = (AccessToken)new Caller(this, null).Call(opens, inputs);
            Authorization = "Bearer " + token.AccessTokenProperty;
            refreshToken = string.IsNullOrEmpty(token.RefreshToken) ? null : token.RefreshToken;
        }
    }
}
