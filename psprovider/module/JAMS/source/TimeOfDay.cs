namespace MVPSI.JAMS
{
    using System;
    using System.Globalization;
    using MVPSI.JAMS.Module;

    /// <summary>A time of the day, to the second, in no zone.</summary>
    public sealed class TimeOfDay : IComparable
    {
        private readonly TimeSpan since;

        /// <summary>Midnight.</summary>
        public TimeOfDay()
        {
        }

        /// <summary>As it is written: <c>08:00</c>, <c>3:30 PM</c>. Raises JAMSException.</summary>
        public TimeOfDay(string text)
        {
            long seconds;
            if (!Times.TrySeconds(text == null ? null : text.Trim(), out seconds) || seconds < 0 || seconds >= 86400)
            {
                throw JAMSException.Local("InvalidTime", "'" + text + "' is no time of the day, such as 08:00.");
            }
            since = TimeSpan.FromSeconds(seconds);
        }

        /// <summary>That of a point in time.</summary>
        public TimeOfDay(DateTime time)
            : this(time.TimeOfDay)
        {
        }

        /// <summary>So long after midnight. Raises JAMSException.</summary>
        public TimeOfDay(TimeSpan sinceMidnight)
        {
            if (sinceMidnight < TimeSpan.Zero || sinceMidnight >= TimeSpan.FromDays(1))
            {
                throw JAMSException.Local("InvalidTime", sinceMidnight + " after midnight is no time of the day.");
            }
            since = TimeSpan.FromSeconds(Math.Floor(sinceMidnight.TotalSeconds));
        }

        /// <summary>At an hour and a minute. Raises JAMSException.</summary>
        public TimeOfDay(int hour, int minute)
            : this(new TimeSpan(hour, minute, 0))
        {
        }

        /// <summary>The hour.</summary>
        public int Hour
        {
            get { return since.Hours; }
        }

        /// <summary>The minute of the hour.</summary>
        public int Minute
        {
            get { return since.Minutes; }
        }

        /// <summary>The second of the minute.</summary>
        public int Second
        {
            get { return since.Seconds; }
        }

        /// <summary>The seconds since midnight.</summary>
        public int TotalSeconds
        {
            get { return (int)since.TotalSeconds; }
        }

        /// <summary>As it is written. Raises JAMSException.</summary>
        public static TimeOfDay Parse(string text)
        {
            return new TimeOfDay(text);
        }

        /// <summary>The span since midnight.</summary>
        public TimeSpan ToTimeSpan()
        {
            return since;
        }

        /// <summary>Which of two is later.</summary>
        public int CompareTo(object other)
        {
            TimeOfDay theirs = other as TimeOfDay ?? new TimeOfDay(Values.Text(other));
            return since.CompareTo(theirs.since);
        }

        /// <summary>Whether it is the same time.</summary>
        public override bool Equals(object other)
        {
            TimeOfDay theirs = other as TimeOfDay;
            return theirs != null && theirs.since == since;
        }

        /// <summary>For tables of times.</summary>
        public override int GetHashCode()
        {
            return since.GetHashCode();
        }

        /// <summary>As schedules are written: <c>08:00</c>, with seconds where there are any.</summary>
        public override string ToString()
        {
            return since.ToString(since.Seconds == 0 ? @"hh\:mm" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
        }
    }
}
