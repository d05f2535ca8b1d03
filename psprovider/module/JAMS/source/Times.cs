namespace MVPSI.JAMS.Module
{
    using System;
    using System.Globalization;
    using System.Management.Automation;
    using System.Text.RegularExpressions;

    /// <summary>Times and days as people write them: counted from now, by a word, or in full.</summary>
    internal static class Times
    {
        private static readonly Regex Relative = new Regex(@"^([+-]\d{1,9})\s*([smhdw])$", RegexOptions.IgnoreCase);

        /// <summary>The time that a word means, or a span from now such as <c>-7d</c>.</summary>
        internal static bool TryMeant(string text, out DateTime time)
        {
            string word = text.Trim().ToLowerInvariant();
            time = DateTime.Now;
            switch (word)
            {
                case "now": return true;
                case "today": time = time.Date; return true;
                case "yesterday": time = time.Date.AddDays(-1); return true;
                case "tomorrow": time = time.Date.AddDays(1); return true;
            }
            Match match = Relative.Match(word);
            if (!match.Success)
            {
                return false;
            }
            int count = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            try
            {
                time = time.AddSeconds((double)count * Seconds(match.Groups[2].Value[0]));
                return true;
            }
            catch (ArgumentOutOfRangeException)
            {
                return false;
            }
        }

        /// <summary>The day that a text means; of a point in time, the day where it was written.</summary>
        internal static bool TryDay(string text, out DateTime day)
        {
            DateTimeOffset time;
            if (TryMeant(text, out day))
            {
                day = day.Date;
                return true;
            }
            bool read = DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out time);
            day = time.Date;
            return read;
        }

        /// <summary>The seconds of a span, or those since midnight of a time: <c>08:00</c>, a TimeSpan, a DateTime.</summary>
        internal static bool TrySeconds(object value, out long seconds)
        {
            TimeSpan span;
            DateTime time;
            string text = value as string;
            seconds = 0;
            if (value is TimeSpan)
            {
                span = (TimeSpan)value;
            }
            else if (value is DateTime)
            {
                span = ((DateTime)value).TimeOfDay;
            }
            else if (value is TimeOfDay)
            {
                span = ((TimeOfDay)value).ToTimeSpan();
            }
            else if (text != null && text.Contains(":") && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span))
            {
            }
            else if (text != null && text.Contains(":")
                && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            {
                span = time.TimeOfDay;
            }
            else
            {
                return false;
            }
            seconds = (long)span.TotalSeconds;
            return true;
        }

        /// <summary>A day as the server writes it, at midnight in no zone.</summary>
        internal static DateTime DayFromWire(string text)
        {
            return DateTime.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        internal static string DayToWire(DateTime day)
        {
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        /// <summary>A time as it reads where it was made, with its offset where it has one.</summary>
        internal static string Written(DateTime time)
        {
            return time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
        }

        private static int Seconds(char unit)
        {
            switch (unit)
            {
                case 's': return 1;
                case 'm': return 60;
                case 'h': return 3600;
                case 'd': return 86400;
                default: return 7 * 86400;
            }
        }
    }

    /// <summary>Lets a parameter that takes a time take words and spans from now: <c>today</c>, <c>-7d</c>, a TimeSpan.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
    {
        /// <summary>The time that a text means; anything else as it is.</summary>
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        {
            DateTime time;
            object bare = PSObject.AsPSObject(inputData ?? 0).BaseObject;
            string text = bare as string;
            if (bare is TimeSpan)
            {
                return DateTime.Now + (TimeSpan)bare;
            }
            return text != null && Times.TryMeant(text, out time) ? time : inputData;
        }
    }

    /// <summary>Lets a parameter that takes seconds take a span: a TimeSpan, or a text such as <c>00:05:00</c>.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
    {
        /// <summary>The seconds of a span; anything else as it is.</summary>
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        {
            object bare = PSObject.AsPSObject(inputData ?? 0).BaseObject;
            TimeSpan span;
            string text = bare as string;
            if (bare is TimeSpan)
            {
                return ((TimeSpan)bare).TotalSeconds;
            }
            return text != null && text.Contains(":") && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span)
                ? span.TotalSeconds : inputData;
        }
    }

    /// <summary>Lets a parameter that says a day as text take a point in time: the day where it was written.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class DayTransformationAttribute : ArgumentTransformationAttribute
    {
        /// <summary>Points in time as days, alone or in a list; anything else as it is.</summary>
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        {
            object bare = PSObject.AsPSObject(inputData ?? 0).BaseObject;
            object[] several = bare as object[];
            if (several != null)
            {
                return Array.ConvertAll(several, delegate(object item) { return Transform(engineIntrinsics, item); });
            }
            if (bare is DateTimeOffset)
            {
                return Times.DayToWire(((DateTimeOffset)bare).Date);
            }
            return bare is DateTime ? Times.DayToWire((DateTime)bare) : inputData;
        }
    }
}
