namespace MVPSI.JAMS
{
    using System;
    using System.Collections.Generic;

    /// <summary>The properties of a job, folder, agent or element, by name.</summary>
    public sealed class PropertyBag : List<PropertyValue>
    {
        /// <summary>None.</summary>
        public PropertyBag()
        {
        }

        /// <summary>With these.</summary>
        public PropertyBag(IEnumerable<PropertyValue> properties)
            : base(properties)
        {
        }

        /// <summary>With these, as objects that came over a wire or as hash tables.</summary>
        public PropertyBag(object[] properties)
        {
            Module.Shape shape = PropertyValue.Members;
            foreach (object property in properties)
            {
                Add((PropertyValue)shape.Read(new Module.JsonReader(Module.JsonWriter.Write(shape.ToWire(property)))));
            }
        }

        /// <summary>The value of a property, or null.</summary>
        public object GetValue(string name)
        {
            PropertyValue found = Named(name);
            return found == null ? null : found.CurrentValue ?? found.DefaultValue;
        }

        /// <summary>Give a property another value; null takes back what was set.</summary>
        public void SetValue(string name, object value)
        {
            PropertyValue found = Named(name);
            if (found == null)
            {
                found = new PropertyValue();
                found.PropertyName = name;
                Add(found);
            }
            found.CurrentValue = Module.Values.Plain(value);
        }

        private PropertyValue Named(string name)
        {
            return Find(delegate(PropertyValue property)
            {
                return string.Equals(property.PropertyName, name, StringComparison.OrdinalIgnoreCase);
            });
        }
    }
}
