namespace MVPSI.JAMS.Module
{
    using System;
    using System.IO;
    using System.Text;

    /// <summary>Line ends of texts: those of FTP (CR LF) and those of this machine.</summary>
    internal static class Lines
    {
        private static readonly byte[] End = Encoding.ASCII.GetBytes(Environment.NewLine);

        /// <summary>Write a piece with the ends of this machine.</summary>
        /// <param name="held">Whether the piece before ended with a CR that was held back; so does the answer say.</param>
        internal static bool ToHere(byte[] block, int count, Stream to, bool held)
        {
            for (int at = 0; at < count; at++)
            {
                if (held && block[at] == '\n')
                {
                    to.Write(End, 0, End.Length);
                    held = false;
                    continue;
                }
                if (held)
                {
                    to.WriteByte((byte)'\r');
                }
                held = block[at] == '\r';
                if (!held)
                {
                    to.WriteByte(block[at]);
                }
            }
            return held;
        }

        /// <summary>A piece with the ends of FTP; lines that end so already stay.</summary>
        internal static byte[] ToWire(byte[] block, int count, ref byte last)
        {
            MemoryStream found = new MemoryStream(count + 64);
            for (int at = 0; at < count; at++)
            {
                if (block[at] == '\n' && last != '\r')
                {
                    found.WriteByte((byte)'\r');
                }
                found.WriteByte(block[at]);
                last = block[at];
            }
            return found.ToArray();
        }
    }
}
