namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;

    /// <summary>The pieces of files, of which many are on their way at once.</summary>
    internal sealed partial class SftpFileServer
    {
        private readonly int pieceBytes;
        private readonly int mostAsked;

        /// <summary>Fetch an open file, many pieces being on their way at once.</summary>
        private void Fetch(byte[] handle, FileStream file, Action<long> told)
        {
            Dictionary<uint, KeyValuePair<long, int>> asked = new Dictionary<uint, KeyValuePair<long, int>>();
            Action<long, int> ask = delegate(long offset, int count)
            {
                SftpPacket request = channel.Request(SftpChannel.Read)
                    .Data(handle, handle.Length).Long(offset).Number((uint)count);
                asked.Add(request.Id, new KeyValuePair<long, int>(offset, count));
                channel.Post(request);
            };
            long next = 0, done = 0;
            bool end = false;
            SftpStatus failed = null;
            while (true)
            {
                while (!end && asked.Count < mostAsked && next <= done + ((long)mostAsked * pieceBytes))
                {
                    ask(next, pieceBytes);
                    next += pieceBytes;
                }
                if (asked.Count == 0)
                {
                    break;
                }
                SftpPacket answer = channel.Take();
                KeyValuePair<long, int> piece;
                if (!asked.TryGetValue(answer.Id, out piece))
                {
                    continue;
                }
                asked.Remove(answer.Id);
                if (answer.Type == SftpChannel.Block)
                {
                    byte[] data = answer.ReadData();
                    if (data.Length > piece.Value)
                    {
                        throw new WireException("the server sends more than it was asked for");
                    }
                    file.Position = piece.Key;
                    file.Write(data, 0, data.Length);
                    done += data.Length;
                    told(done);
                    if (data.Length < piece.Value && data.Length > 0)
                    {
                        ask(piece.Key + data.Length, piece.Value - data.Length);
                    }
                    continue;
                }
                try
                {
                    SftpChannel.Check(answer);
                }
                catch (SftpStatus status)
                {
                    end = true;
                    failed = status.Code == SftpStatus.End ? failed : status;
                }
            }
            if (failed != null)
            {
                throw failed;
            }
        }

        /// <summary>Send a file into an open one, many pieces being on their way at once.</summary>
        private long Give(byte[] handle, FileStream file, Action<long> told)
        {
            byte[] block = new byte[pieceBytes];
            long sent = 0;
            int waiting = 0, count;
            uint first = 0;
            SftpStatus failed = null;
            do
            {
                count = failed == null ? file.Read(block, 0, block.Length) : 0;
                if (count > 0)
                {
                    SftpPacket request = channel.Request(SftpChannel.Write)
                        .Data(handle, handle.Length).Long(sent).Data(block, count);
                    first = first == 0 ? request.Id : first;
                    channel.Post(request);
                    sent += count;
                    waiting++;
                    told(sent);
                }
                while (waiting > (count > 0 ? mostAsked : 0))
                {
                    SftpPacket answer = channel.Take();
                    if (answer.Id < first)
                    {
                        continue;
                    }
                    waiting--;
                    try
                    {
                        SftpChannel.Check(answer);
                    }
                    catch (SftpStatus status)
                    {
                        failed = failed ?? status;
                    }
                }
            }
            while (count > 0);
            if (failed != null)
            {
                throw failed;
            }
            return sent;
        }
    }
}
