namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using System.Text;

    /// <summary>A packet of SFTP that is being written, or read.</summary>
    internal sealed class SftpPacket
    {
        private static readonly Encoding Utf8 = new UTF8Encoding(false);
        private readonly MemoryStream bytes;

        internal SftpPacket(byte type, uint id)
        {
            bytes = new MemoryStream();
            Type = type;
            Id = id;
            Number(id);
        }

        internal SftpPacket(byte type, byte[] payload)
        {
            bytes = new MemoryStream(payload, false);
            Type = type;
        }

        internal byte Type { get; private set; }

        internal uint Id { get; set; }

        internal byte[] Payload
        {
            get { return bytes.ToArray(); }
        }

        internal SftpPacket Number(uint value)
        {
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                bytes.WriteByte((byte)(value >> shift));
            }
            return this;
        }

        internal SftpPacket Long(long value)
        {
            return Number((uint)(value >> 32)).Number((uint)value);
        }

        internal SftpPacket Text(string value)
        {
            byte[] data = Utf8.GetBytes(value);
            return Data(data, data.Length);
        }

        internal SftpPacket Data(byte[] data, int count)
        {
            Number((uint)count);
            bytes.Write(data, 0, count);
            return this;
        }

        internal uint ReadNumber()
        {
            uint value = 0;
            for (int each = 0; each < 4; each++)
            {
                int next = bytes.ReadByte();
                if (next < 0)
                {
                    throw new WireException("the server's answer is cut off");
                }
                value = (value << 8) | (uint)next;
            }
            return value;
        }

        internal long ReadLong()
        {
            return ((long)ReadNumber() << 32) | ReadNumber();
        }

        internal byte[] ReadData()
        {
            uint count = ReadNumber();
            if (count > bytes.Length - bytes.Position)
            {
                throw new WireException("the server's answer is cut off");
            }
            byte[] data = new byte[count];
            bytes.Read(data, 0, data.Length);
            return data;
        }

        internal string ReadText()
        {
            return Utf8.GetString(ReadData());
        }
    }

    /// <summary>What a server said instead of doing what it was asked.</summary>
    internal sealed class SftpStatus : Exception
    {
        internal const uint Ok = 0, End = 1, NoFile = 2, Denied = 3, Unsupported = 8;

        private static readonly string[] Words =
        {
            "it is done", "it is at its end", "there is no such file", "permission is denied", "it failed",
            "the request cannot be read", "there is no connection", "the connection is lost", "the server cannot do that",
        };

        internal SftpStatus(uint code, string message)
            : base(message.Length > 0 ? FileNames.Shown(message) : code < Words.Length ? Words[code] : "error " + code)
        {
            Code = code;
        }

        internal uint Code { get; private set; }
    }

    /// <summary>Requests and answers of SFTP, version 3, over a pair of streams.</summary>
    internal sealed class SftpChannel
    {
        internal const byte Init = 1, Version = 2, Open = 3, Close = 4, Read = 5, Write = 6, OpenFolder = 11,
            ReadFolder = 12, Remove = 13, MakeFolder = 14, RemoveFolder = 15, RealPath = 16, Stat = 17, Rename = 18,
            Status = 101, Handle = 102, Block = 103, Names = 104, Attributes = 105, Extended = 200;

        private const int Longest = 1 << 22;
        private readonly FileServer owner;
        private readonly Stream input;
        private readonly Stream output;
        private readonly int timeout;
        private uint last;

        internal SftpChannel(FileServer owner, Stream input, Stream output, int timeout)
        {
            this.owner = owner;
            this.input = input;
            this.output = output;
            this.timeout = timeout;
            Extensions = new HashSet<string>();
        }

        /// <summary>What the server does beyond the protocol.</summary>
        internal HashSet<string> Extensions { get; private set; }

        /// <summary>Agree on the protocol.</summary>
        internal void Begin()
        {
            Post(Init, new byte[] { 0, 0, 0, 3 });
            SftpPacket answer = Take();
            if (answer.Type != Version)
            {
                throw new WireException("the server does not speak SFTP");
            }
            answer.ReadNumber();
            try
            {
                while (true)
                {
                    Extensions.Add(answer.ReadText());
                    answer.ReadData();
                }
            }
            catch (WireException)
            {
                // Its end.
            }
        }

        /// <summary>A request that is not sent yet.</summary>
        internal SftpPacket Request(byte type)
        {
            return new SftpPacket(type, ++last);
        }

        /// <summary>Send a request.</summary>
        internal void Post(SftpPacket request)
        {
            Post(request.Type, request.Payload);
        }

        /// <summary>The next answer, whatever was asked; its id has been read.</summary>
        internal SftpPacket Take()
        {
            byte[] head = Exactly(5);
            uint length = ((uint)head[0] << 24) | ((uint)head[1] << 16) | ((uint)head[2] << 8) | head[3];
            if (length < 1 || length > Longest)
            {
                throw new WireException("the server does not speak SFTP");
            }
            SftpPacket packet = new SftpPacket(head[4], Exactly((int)length - 1));
            if (packet.Type != Version)
            {
                packet.Id = packet.ReadNumber();
            }
            return packet;
        }

        /// <summary>The answer to a request. Raises SftpStatus when it is not of the type.</summary>
        internal SftpPacket Ask(SftpPacket request, byte type)
        {
            Post(request);
            SftpPacket answer;
            do
            {
                // Answers to what was given up are none of ours.
                answer = Take();
            }
            while (answer.Id != request.Id);
            if (answer.Type == type && type != Status)
            {
                return answer;
            }
            Check(answer);
            if (type != Status)
            {
                throw new WireException("the server answers something else than it was asked");
            }
            return answer;
        }

        /// <summary>Raise SftpStatus if an answer tells of an error.</summary>
        internal static void Check(SftpPacket answer)
        {
            if (answer.Type != Status)
            {
                return;
            }
            uint code = answer.ReadNumber();
            if (code != SftpStatus.Ok)
            {
                throw new SftpStatus(code, answer.ReadText());
            }
        }

        private void Post(byte type, byte[] payload)
        {
            byte[] packet = new byte[payload.Length + 5];
            int length = payload.Length + 1;
            packet[0] = (byte)(length >> 24);
            packet[1] = (byte)(length >> 16);
            packet[2] = (byte)(length >> 8);
            packet[3] = (byte)length;
            packet[4] = type;
            Buffer.BlockCopy(payload, 0, packet, 5, payload.Length);
            Patience.Write(input, packet, packet.Length, timeout, owner);
        }

        private byte[] Exactly(int count)
        {
            byte[] found = new byte[count];
            int have = 0;
            while (have < count)
            {
                int more = Patience.Read(output, found, have, count - have, timeout, owner);
                if (more == 0)
                {
                    throw new WireException("the server has closed it");
                }
                have += more;
            }
            return found;
        }
    }
}
