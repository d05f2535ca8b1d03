namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Globalization;
    using System.Runtime.CompilerServices;
    using System.Text;

    /// <summary>Reads JSON from a text, a value at a time.</summary>
    /// <remarks>
    /// Windows PowerShell and PowerShell have no JSON reader in common that is as quick as this; lists of
    /// thousands of jobs are read straight into their objects. What is called for every character is compiled at its
    /// best at once, where the runtime can be told so: a list is long, and most sessions read one only.
    /// </remarks>
    internal sealed class JsonReader
    {
        private const int Deepest = 200;
        private readonly string text;
        private int at;
        private int depth;

        internal JsonReader(string text)
        {
            this.text = text;
        }

        /// <summary>The value of a whole text.</summary>
        internal static object Parse(string text)
        {
            return new JsonReader(text).Value();
        }

        /// <summary>The next character that is not white space; it stays.</summary>
#if CORE
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
        internal char Peek()
        {
            while (at < text.Length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
            {
                at++;
            }
            return at < text.Length ? text[at] : '\0';
        }

        /// <summary>Whether an opening bracket is followed by its closing one; moves behind what it finds.</summary>
        internal bool OpensEmpty(char open, char close)
        {
            Expect(open);
            if (++depth > Deepest)
            {
                throw Broken();
            }
            if (Peek() != close)
            {
                return false;
            }
            at++;
            depth--;
            return true;
        }

        /// <summary>After a value: whether the object or array goes on.</summary>
        internal bool GoesOn(char close)
        {
            char next = Peek();
            at++;
            if (next == close)
            {
                depth--;
                return false;
            }
            if (next != ',')
            {
                throw Broken();
            }
            return true;
        }

        /// <summary>The name of a member, with the colon behind it.</summary>
        internal string MemberName()
        {
            string name = Text();
            Expect(':');
            return name;
        }

        /// <summary>A value: null, bool, long, double, string, List or case-insensitive dictionary.</summary>
        internal object Value()
        {
            switch (Peek())
            {
                case '"': return Text();
                case '{': return Members();
                case '[': return Items();
                case 't': Word("true"); return true;
                case 'f': Word("false"); return false;
                case 'n': Word("null"); return null;
                default: return Number();
            }
        }

        /// <summary>The text of the next object or array, which is passed over.</summary>
#if CORE
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
        internal string Raw()
        {
            Peek();
            int start = at;
            int open = 0;
            while (at < text.Length)
            {
                char letter = text[at++];
                if (letter == '"')
                {
                    PassText();
                }
                else if (letter == '{' || letter == '[')
                {
                    open++;
                }
                else if ((letter == '}' || letter == ']') && --open == 0)
                {
                    return text.Substring(start, at - start);
                }
            }
            throw Broken();
        }

#if CORE
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
        private void PassText()
        {
            while (at < text.Length && text[at] != '"')
            {
                at += text[at] == '\\' ? 2 : 1;
            }
            at++;
        }

        private Dictionary<string, object> Members()
        {
            Dictionary<string, object> found = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
            if (OpensEmpty('{', '}'))
            {
                return found;
            }
            do
            {
                string name = MemberName();
                found[name] = Value();
            }
            while (GoesOn('}'));
            return found;
        }

        private List<object> Items()
        {
            List<object> found = new List<object>();
            if (OpensEmpty('[', ']'))
            {
                return found;
            }
            do
            {
                found.Add(Value());
            }
            while (GoesOn(']'));
            return found;
        }

        private object Number()
        {
            int start = at;
            bool whole = true;
            while (at < text.Length && (char.IsDigit(text[at]) || "+-.eE".IndexOf(text[at]) >= 0))
            {
                whole = whole && (char.IsDigit(text[at]) || text[at] == '-');
                at++;
            }
            string digits = text.Substring(start, at - start);
            long integer;
            if (whole && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out integer))
            {
                return integer;
            }
            double number;
            if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            {
                return number;
            }
            throw Broken();
        }

#if CORE
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
        private string Text()
        {
            Expect('"');
            int start = at;
            while (at < text.Length && text[at] != '"' && text[at] != '\\')
            {
                at++;
            }
            if (at < text.Length && text[at] == '"')
            {
                return text.Substring(start, at++ - start);
            }
            StringBuilder built = new StringBuilder(text, start, at - start, at - start + 32);
            while (at < text.Length && text[at] != '"')
            {
                built.Append(text[at] == '\\' ? Escaped() : text[at++]);
            }
            Expect('"');
            return built.ToString();
        }

        private char Escaped()
        {
            at += 2;
            if (at > text.Length)
            {
                throw Broken();
            }
            switch (text[at - 1])
            {
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                case 'b': return '\b';
                case 'f': return '\f';
                case 'u': return Unicode();
                default: return text[at - 1];
            }
        }

        private char Unicode()
        {
            ushort code;
            if (at + 4 > text.Length || !ushort.TryParse(
                text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code))
            {
                throw Broken();
            }
            at += 4;
            return (char)code;
        }

        private void Word(string word)
        {
            if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
            {
                throw Broken();
            }
            at += word.Length;
        }

        private void Expect(char wanted)
        {
            if (Peek() != wanted)
            {
                throw Broken();
            }
            at++;
        }

        private FormatException Broken()
        {
            return new FormatException("The answer is not JSON at character " + at + ".");
        }
    }
}
