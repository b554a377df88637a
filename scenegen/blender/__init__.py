"""The only rooms with bpy: a ScenePlan becomes a Blender scene, evaluated triangles and pictures."""
