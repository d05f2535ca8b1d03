namespace MVPSI.JAMS.Module
{
    using System.Collections.Generic;

    /// <summary>An answer of an FTP server: its code, its words, and the lines between.</summary>
    internal sealed class FtpReply
    {
        internal int Code;
        internal string Text;
        internal List<string> Lines = new List<string>();

        internal bool Good
        {
            get { return Code < 400; }
        }

        /// <summary>Whether the server does not know the command.</summary>
        internal bool Unknown
        {
            get { return Code == 500 || Code == 501 || Code == 502 || Code == 504; }
        }

        public override string ToString()
        {
            return Code + " " + FileNames.Shown(Text);
        }
    }
}
