"""The slice 除害投药: stock of agents, treatments, Aedes and density monitoring."""
